"""A job object of Windows: everything that a process in it starts is in it, and ends with it."""

import subprocess
import sys

__all__ = ["JobObject"]

KILL_ON_JOB_CLOSE = 0x2000  # JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE in winnt.h
BASIC_ACCOUNTING, EXTENDED_LIMITS = 1, 9  # of JOBOBJECTINFOCLASS in winnt.h
# JOBOBJECT_EXTENDED_LIMIT_INFORMATION on 64 bits: 144 bytes, its LimitFlags at byte 16.
LIMITS_BYTES, FLAGS_AT = 144, 16
# JOBOBJECT_BASIC_ACCOUNTING_INFORMATION: 48 bytes, its ActiveProcesses at byte 40.
ACCOUNTING_BYTES, ACTIVE_AT = 48, 40


class JobObject:
    """A job with one process in it, and all that this process will start; Windows only.

    See "Job Objects" in the documentation of the Windows API.
    """

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        """Put a process into a new job. If the system refuses, the job stays empty.

        Args:
            process: that was just started.

        """
        self._job = 0
        if sys.platform == "win32":
            import ctypes

            self._kernel = ctypes.WinDLL("kernel32", use_last_error=True)
            self._kernel.CreateJobObjectW.restype = ctypes.c_void_p
            self._job = self._kernel.CreateJobObjectW(None, None) or 0
            limits = bytearray(LIMITS_BYTES)
            limits[FLAGS_AT : FLAGS_AT + 4] = KILL_ON_JOB_CLOSE.to_bytes(4, "little")
            self._kernel.SetInformationJobObject(
                ctypes.c_void_p(self._job), EXTENDED_LIMITS, bytes(limits), LIMITS_BYTES
            )
            self._kernel.AssignProcessToJobObject(
                ctypes.c_void_p(self._job), ctypes.c_void_p(int(process._handle))
            )

    def end(self) -> int:
        """End all processes of the job; how many ran."""
        active = 0
        if sys.platform == "win32" and self._job:
            import ctypes

            counts = ctypes.create_string_buffer(ACCOUNTING_BYTES)
            job = ctypes.c_void_p(self._job)
            self._kernel.QueryInformationJobObject(
                job, BASIC_ACCOUNTING, counts, ACCOUNTING_BYTES, None
            )
            active = int.from_bytes(counts.raw[ACTIVE_AT : ACTIVE_AT + 4], "little")
            self._kernel.TerminateJobObject(job, 1)
            self._kernel.CloseHandle(job)
            self._job = 0
        return active
