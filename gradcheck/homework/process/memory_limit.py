"""The system's own limit on the memory of this process, where there is one."""

import sys

__all__ = ["limit_memory"]


def limit_memory(size: int | None) -> None:
    """Let this process have so many bytes more than it has now.

    Only Linux enforces such a limit. On other systems the other process watches the memory.

    Args:
        size: None for any memory.

    """
    if sys.platform == "win32":
        return
    import resource

    # A crash leaves no core file in the student's folder.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux" and size is not None:
        import psutil

        allowed = psutil.Process().memory_info().vms + size
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        if most == resource.RLIM_INFINITY or allowed < most:
            resource.setrlimit(resource.RLIMIT_AS, (allowed, most))
