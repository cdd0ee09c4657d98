"""A computer that doctor finds complete."""

from pathlib import Path

from gradcheck.commands.doctor_facts import Facts, Terminal
from gradcheck.commands.doctor_software import Blas, Package
from nets.devices.driver import Driver, Gpu

H200 = Driver((13, 0), "580.65", (Gpu("NVIDIA H200", 139 * 2**30),))
COMPLETE = Facts(
    python="3.12.1",
    system="Linux x86_64",
    gradcheck="0.1.0",
    numpy="2.4.6",
    blas=(Blas("openblas", "0.3.31", "SkylakeX", 16, None),),
    built_with="scipy-openblas",
    cores=16,
    memory=128 * 2**30,
    free_memory=100 * 2**30,
    cupy="14.2.0",
    driver=H200,
    gpu_trouble=None,
    gpu_free_memory=138 * 2**30,
    terminal=Terminal(True, "utf-8", 120, True),
    data_folder=Path("cache") / "gradcheck",
    packages=(Package("click", "click>=8.2", None, "8.2.1"),),
)
