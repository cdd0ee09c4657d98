import numpy as np


def s(x):
    return 1.0 / (1.0 + np.exp(-x))


class Reader:
    """
    A gated recurrent unit with the names of our lecture. It reads one sequence (a list of
    vectors) and gives one number at the end; the mistake is (number - wish)^2 / 2.
    """

    def __init__(self, letters, memory, rng=None):
        rng = rng or np.random.default_rng(11)
        n = letters + memory
        self.keep_matrix = rng.normal(size=(memory, n)) * 0.4
        self.reset_matrix = rng.normal(size=(memory, n)) * 0.4
        self.new_matrix = rng.normal(size=(memory, n)) * 0.4
        self.tip = rng.normal(size=memory)
        self.memory = memory

    def run_through(self, text):
        h = np.zeros(self.memory)
        self.notes = []
        for letter in text:
            both = np.concatenate([letter, h])
            k = s(self.keep_matrix @ both)
            r = s(self.reset_matrix @ both)
            both_reset = np.concatenate([letter, r * h])
            n = np.tanh(self.new_matrix @ both_reset)
            self.notes.append((both, both_reset, k, r, n, h))
            h = k * h + (1 - k) * n
        self.end = h
        return float(self.tip @ h)

    def mistake(self, text, wish):
        return 0.5 * (self.run_through(text) - wish) ** 2

    def go_back(self, text, wish):
        error = self.run_through(text) - wish
        self.tip_change = error * self.end
        self.keep_change = np.zeros_like(self.keep_matrix)
        self.reset_change = np.zeros_like(self.reset_matrix)
        self.new_change = np.zeros_like(self.new_matrix)
        dh = error * self.tip
        x = len(text[0])
        for both, both_reset, k, r, n, h in self.notes[::-1]:
            dn = dh * (1 - k) * (1 - n ** 2)
            dk = dh * (h - n) * k * (1 - k)
            d_reset = self.new_matrix.T @ dn
            dr = d_reset[x:] * h * r * (1 - r)
            self.new_change += np.outer(dn, both_reset)
            self.keep_change += np.outer(dk, both)
            self.reset_change += np.outer(dr, both)
            back = self.keep_matrix.T @ dk + self.reset_matrix.T @ dr
            dh = dh * k + d_reset[x:] * r + back[x:]
