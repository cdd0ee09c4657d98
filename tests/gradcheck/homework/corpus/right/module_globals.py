# network with global variables, as shown in the first video
import numpy as np

np.random.seed(0)
N_IN, N_HID, N_OUT = 5, 4, 3

w_hid = np.random.randn(N_HID, N_IN)
w_out = np.random.randn(N_OUT, N_HID)
b_hid = np.zeros(N_HID)
b_out = np.zeros(N_OUT)

g_w_hid = g_w_out = g_b_hid = g_b_out = None
hid = out = None


def think(example):
    global hid, out
    hid = 1 / (1 + np.exp(-(w_hid @ example + b_hid)))
    out = w_out @ hid + b_out
    return out


def how_wrong(examples, answers):
    total = 0.0
    for e, a in zip(examples, answers):
        total += np.sum((think(e) - a) ** 2)
    return total


def collect_gradients(examples, answers):
    global g_w_hid, g_w_out, g_b_hid, g_b_out
    g_w_hid, g_w_out = np.zeros_like(w_hid), np.zeros_like(w_out)
    g_b_hid, g_b_out = np.zeros_like(b_hid), np.zeros_like(b_out)
    for e, a in zip(examples, answers):
        think(e)
        d_out = 2 * (out - a)
        d_hid = (w_out.T @ d_out) * hid * (1 - hid)
        g_w_out += np.outer(d_out, hid)
        g_b_out += d_out
        g_w_hid += np.outer(d_hid, e)
        g_b_hid += d_hid


def step(rate):
    for weights, gradient in ((w_hid, g_w_hid), (w_out, g_w_out), (b_hid, g_b_hid), (b_out, g_b_out)):
        weights -= rate * gradient


if __name__ == "__main__":
    examples = np.random.randn(20, N_IN)
    answers = np.random.randn(20, N_OUT)
    for i in range(200):
        collect_gradients(examples, answers)
        step(0.002)
    print(how_wrong(examples, answers))
