"""Simulations, physics, and models of the sciences."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.random import Generator

from tests.benchmarks.foreign_functions.problems import (
    Problem,
    between,
    family,
    length,
    log_sum_exp,
    normal,
    softplus,
)


@family()
def predators_and_prey(draw: Generator) -> Problem:
    """Lotka and Volterra's equations by Euler's rule."""
    steps = length(draw, 5, 30)

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (rates, start), (targets,) = p, d
        prey, hunters = start[0], start[1]
        for _ in range(steps):
            more = rates[0] * prey - rates[1] * prey * hunters
            fewer = rates[2] * prey * hunters - rates[3] * hunters
            prey, hunters = prey + 0.05 * more, hunters + 0.05 * fewer
        return (prey - targets[0]) ** 2 + (hunters - targets[1]) ** 2

    points = (between(draw, 0.3, 1.5, 4), between(draw, 0.5, 2, 2))
    return Problem(formula, points, (between(draw, 0, 2, 2),))


@family()
def damped_oscillator(draw: Generator) -> Problem:
    """Van der Pol's equation by the rule of Runge and Kutta."""
    steps = length(draw, 3, 12)

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        start, damping = p

        def change(z: Any) -> Any:
            return xp.stack([z[1], damping[0] * (1.0 - z[0] ** 2) * z[1] - z[0]])

        z = start
        for _ in range(steps):
            first = change(z)
            second = change(z + 0.05 * first)
            third = change(z + 0.05 * second)
            fourth = change(z + 0.1 * third)
            z = z + (first + 2.0 * second + 2.0 * third + fourth) / 60.0
        return xp.sum((z - d[0]) ** 2)

    return Problem(formula, (normal(draw, 2), between(draw, 0, 3, 1)), (normal(draw, 2),))


@family()
def heat_equation(draw: Generator) -> Problem:
    """Temperatures in a rod after some explicit steps; the start and the conductivity vary."""
    steps = length(draw, 2, 15)

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        z, conductivity = p
        for _ in range(steps):
            inner = z[2:] - 2.0 * z[1:-1] + z[:-2]
            z = xp.concatenate([z[:1], z[1:-1] + conductivity * inner, z[-1:]])
        return xp.sum((z - d[0]) ** 2)

    n = length(draw, 4, 9)
    return Problem(formula, (normal(draw, n), between(draw, 0.1, 0.4, 1)), (normal(draw, n),))


@family()
def kalman_step(draw: Generator) -> Problem:
    """The likelihood of some observations under a filter of one dimension."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (logs, memory), (observed,) = p, d
        process, noise = xp.exp(logs[0]), xp.exp(logs[1])
        mean, variance, total = 0.0 * memory[0], 1.0, 0.0
        for value in observed:
            mean, variance = memory[0] * mean, memory[0] ** 2 * variance + process
            spread = variance + noise
            off = value - mean
            total = total + 0.5 * (xp.log(spread) + off**2 / spread)
            mean, variance = mean + variance / spread * off, variance * noise / spread
        return total

    points = (normal(draw, 2) - 1.0, between(draw, 0.3, 1, 1))
    return Problem(formula, points, (normal(draw, length(draw, 2, 8)),))


@family()
def soft_time_warping(draw: Generator) -> Problem:
    """Dynamic time warping with soft minima."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (x,), (y, softness) = p, d
        far = 1e6 + 0.0 * x[0]
        above = [0.0 * x[0]] + [far] * len(y)
        for i in range(len(x)):
            row = [far]
            for j in range(len(y)):
                before = xp.stack([above[j], above[j + 1], row[j]])
                row.append((x[i] - y[j]) ** 2 - softness * log_sum_exp(xp, -before / softness))
            above = row
        return above[-1]

    n, m = length(draw, 2, 4), length(draw, 2, 4)
    return Problem(formula, (normal(draw, n),), (normal(draw, m), float(between(draw, 0.2, 1))))


@family()
def lennard_jones(draw: Generator) -> Problem:
    """The energy of atoms in a plane, on a lattice a little out of order."""
    count = length(draw, 2, 5)
    pairs = [(i, j) for i in range(count) for j in range(i)]

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (x,) = p
        energy = 0.0
        for i, j in pairs:
            inverse = 1.0 / xp.sum((x[i] - x[j]) ** 2) ** 3
            energy = energy + 4.0 * (inverse**2 - inverse)
        return energy

    lattice = np.array([[i % 3, i // 3] for i in range(count)], float)
    return Problem(formula, (1.1 * lattice + 0.05 * normal(draw, count, 2),))


@family()
def charges_and_springs(draw: Generator) -> Problem:
    """A chain of charges held by springs."""
    count = length(draw, 2, 5)
    pairs = [(i, j) for i in range(count) for j in range(i)]

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (x,), (charges,) = p, d
        energy = 0.5 * xp.sum((xp.sum((x[1:] - x[:-1]) ** 2, axis=1) - 1.0) ** 2)
        for i, j in pairs:
            energy = energy + charges[i] * charges[j] / xp.sqrt(xp.sum((x[i] - x[j]) ** 2))
        return energy

    x = np.stack([np.arange(count) * 1.0, np.zeros(count)], axis=1) + 0.2 * normal(draw, count, 2)
    return Problem(formula, (x,), (between(draw, 0.2, 1, count),))


@family()
def fit_of_decays(draw: Generator) -> Problem:
    """A sum of exponentials fitted to values, which is notoriously ill-conditioned."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (heights, rates), (t, values) = p, d
        return xp.mean((heights @ xp.exp(-rates[:, None] * t) - values) ** 2)

    n, t = length(draw, 1, 3), np.linspace(0.0, 5.0, 11)
    points = (normal(draw, n), between(draw, 0.2, 2, n))
    return Problem(formula, points, (t, np.exp(-t) + 0.01 * normal(draw, 11)))


@family()
def enzyme_kinetics(draw: Generator) -> Problem:
    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (top, half, power), (dose, values) = p, d
        raised = xp.exp(power * xp.log(dose))
        return xp.sum((top * raised / (xp.exp(power * xp.log(half)) + raised) - values) ** 2)

    points = (between(draw, 0.5, 3, 1), between(draw, 0.5, 3, 1), between(draw, 1, 3, 1))
    return Problem(formula, points, (between(draw, 0.1, 10, 9), between(draw, 0, 2, 9)))


@family()
def camera_projection(draw: Generator) -> Problem:
    """Points in space seen by a camera that turns and moves: bundle adjustment."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (turn, move, space), (seen,) = p, d
        c, s = xp.cos(turn[0]), xp.sin(turn[0])
        x = c * space[:, 0] + s * space[:, 2] + move[0]
        z = c * space[:, 2] - s * space[:, 0] + move[2]
        return xp.sum((xp.stack([x / z, (space[:, 1] + move[1]) / z], axis=1) - seen) ** 2)

    m = length(draw, 1, 4)
    points = (0.3 * normal(draw, 1), np.array([0.0, 0.0, 6.0]), normal(draw, m, 3))
    return Problem(formula, points, (normal(draw, m, 2),))


@family()
def optimal_transport(draw: Generator) -> Problem:
    """Some rounds of Sinkhorn's scaling; the costs of transport vary."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (costs,), (rows, columns) = p, d
        kernel = xp.exp(-costs / 0.5)
        right = columns
        for _ in range(5):
            left = rows / (kernel @ right)
            right = columns / (kernel.T @ left)
        return xp.sum(left[:, None] * kernel * right[None, :] * costs)

    m, n = length(draw, 2, 4), length(draw, 2, 4)
    data = (draw.dirichlet(np.ones(m)), draw.dirichlet(np.ones(n)))
    return Problem(formula, (between(draw, 0, 2, m, n),), data)


@family()
def spin_model(draw: Generator) -> Problem:
    """The free energy of a few spins, summed over all of their states."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (couplings, field), (states,) = p, d
        energies = xp.sum((states @ couplings) * states, axis=1) + states @ field
        return -log_sum_exp(xp, energies)

    n = length(draw, 2, 4)
    states = np.array(np.meshgrid(*[[-1.0, 1.0]] * n)).reshape(n, -1).T
    return Problem(formula, (normal(draw, n, n), normal(draw, n)), (states,))


@family()
def implicit_root(draw: Generator) -> Problem:
    """A root by Newton's rule, as a function of the equation's coefficients."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (a,) = p
        z = a
        for _ in range(6):
            z = z - (z + 0.5 * xp.sin(z) - a) / (1.0 + 0.5 * xp.cos(z))
        return xp.sum(d[0] * z)

    n = length(draw)
    return Problem(formula, (between(draw, -1, 1, n),), (normal(draw, n),))


@family()
def risk_and_return(draw: Generator) -> Problem:
    """A portfolio's mean return over its spread, weights by softplus."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        weights = softplus(xp, p[0])
        returns = d[0] @ (weights / xp.sum(weights))
        off = returns - xp.mean(returns)
        return -xp.mean(returns) / xp.sqrt(xp.mean(off**2) + 1e-4)

    n = length(draw, 2, 6)
    return Problem(formula, (normal(draw, n),), (0.1 * normal(draw, 10, n) + 0.02,))
