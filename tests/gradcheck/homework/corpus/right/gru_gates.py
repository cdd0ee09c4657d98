"""One step of a gated recurrent unit, with weights for each gate."""

import numpy as np


def squash(v):
    return 1.0 / (1.0 + np.exp(-v))


def gru_step_forward(xt, h_prev, Wz, Uz, bz, Wr, Ur, br, Wh, Uh, bh):
    z = squash(xt @ Wz + h_prev @ Uz + bz)
    r = squash(xt @ Wr + h_prev @ Ur + br)
    n = np.tanh(xt @ Wh + (r * h_prev) @ Uh + bh)
    return z * h_prev + (1 - z) * n, (xt, h_prev, z, r, n, Wz, Uz, Wr, Ur, Wh, Uh)


def gru_step_backward(dh, cache):
    xt, h_prev, z, r, n, Wz, Uz, Wr, Ur, Wh, Uh = cache
    dn = dh * (1 - z) * (1 - n**2)
    dz = dh * (h_prev - n) * z * (1 - z)
    drh = dn @ Uh.T
    dr = drh * h_prev * r * (1 - r)
    dx = dn @ Wh.T + dz @ Wz.T + dr @ Wr.T
    dhp = dh * z + drh * r + dz @ Uz.T + dr @ Ur.T
    dWz, dUz, dbz = xt.T @ dz, h_prev.T @ dz, dz.sum(axis=0)
    dWr, dUr, dbr = xt.T @ dr, h_prev.T @ dr, dr.sum(axis=0)
    dWh, dUh, dbh = xt.T @ dn, (r * h_prev).T @ dn, dn.sum(axis=0)
    return dx, dhp, dWz, dUz, dbz, dWr, dUr, dbr, dWh, dUh, dbh
