"""What the benchmarks ask /proc: which processes there are, and how much CPU they took. Used by the scripts beside it."""
import os

HZ = os.sysconf("SC_CLK_TCK")


def command_lines():
    """The process ids, as text, with their command lines."""
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            yield pid, open(f"/proc/{pid}/cmdline", "rb").read().replace(b"\0", b" ").decode("utf8", "replace")
        except OSError:
            continue


def cpu(*pids):
    """Seconds of CPU, user and system, that the processes took together since they began."""
    total = 0
    for pid in pids:
        fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / HZ
