"""The devices that arrays live on: the NVIDIA driver, CuPy on a GPU, and the CPU's memory."""
