#!/usr/bin/env python3
"""sysbench oltp_point_select through the gate next to direct MySQL, in one run: queries a second, p50, and CPU per query of each process.

  point_select.py [--gate-port 15306] [--seconds 15] [--threads 1,8] [--rows 10000] [--warm-up 60]

Needs a running `vtsphere quickstart` on the ports from --gate-port on. Prints a Markdown table."""
import argparse, re, subprocess, sys
from processes import command_lines, cpu

ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
ap.add_argument("--gate-port", type=int, default=15306); ap.add_argument("--seconds", type=int, default=15)
ap.add_argument("--threads", default="1,8"); ap.add_argument("--rows", type=int, default=10000)
ap.add_argument("--warm-up", type=int, default=60); ap.add_argument("--skip-load", action="store_true")
a = ap.parse_args()
MYSQL_PORT = a.gate_port + 10  # of the first tablet of the quickstart


def processes():
    """Which process belongs to which part, found by the command line."""
    parts = {"mysqld": [], "gate": [], "tablet": []}
    for pid, line in command_lines():
        if "io.vtsphere.tablet.TabletServerMain" in line and "java" in line.split(" ")[0]:
            parts["tablet"].append(pid)
        elif "io.vtsphere.shardingsphere.ProxyLauncher" in line and "java" in line.split(" ")[0]:
            parts["gate"].append(pid)
        elif (port := re.search(r"^\S*mysqld .* --port=(\d+) ", line)) and int(port.group(1)) in range(MYSQL_PORT, MYSQL_PORT + 18, 3):
            parts["mysqld"].append(pid)
    return parts


def sysbench(port, database, threads, seconds, prepared, command="run"):
    args = ["sysbench", "oltp_point_select", "--db-driver=mysql", "--mysql-host=127.0.0.1", f"--mysql-port={port}", "--mysql-user=root",
            f"--mysql-db={database}", "--tables=1", f"--table-size={a.rows}", "--auto_inc=off",
            f"--threads={threads}", f"--time={seconds}", "--percentile=50", f"--db-ps-mode={'auto' if prepared else 'disable'}", command]
    r = subprocess.run(args, capture_output=True, text=True)
    if r.returncode:
        sys.exit(r.stdout[-1500:] + r.stderr[-500:])
    return r.stdout


def mysql(port, sql):
    subprocess.run(["mysql", "-h127.0.0.1", f"-P{port}", "-uroot", "-e", sql], check=True)


if not a.skip_load:
    mysql(MYSQL_PORT, "set sql_log_bin=0; drop database if exists direct; create database direct")
    sysbench(MYSQL_PORT, "direct", 1, 10, False, "prepare")
    mysql(a.gate_port, "use commerce; drop table if exists sbtest1; create table sbtest1(id int primary key, k int not null default 0, "
                       "c char(120) not null default '', pad char(60) not null default '')")
    mysql(MYSQL_PORT, "insert into vt_commerce.sbtest1 select id, k, c, pad from direct.sbtest1")
parts = processes()
if a.warm_up:
    sysbench(a.gate_port, "commerce", 8, a.warm_up // 2, False)
    sysbench(a.gate_port, "commerce", 8, a.warm_up // 2, True)
print("| target | protocol | threads | queries/s | p50 ms | mysqld µs/query | tablets µs/query | gate µs/query | gate / mysqld direct |")
print("|---|---|---|---|---|---|---|---|---|")
for prepared in (False, True):
    for threads in map(int, a.threads.split(",")):
        base = None
        for target, port, database in (("MySQL", MYSQL_PORT, "direct"), ("gate", a.gate_port, "commerce")):
            before = {k: cpu(*v) for k, v in parts.items()}
            out = sysbench(port, database, threads, a.seconds, prepared)
            used = {k: cpu(*v) - before[k] for k, v in parts.items()}
            n = int(re.search(r"read:\s+(\d+)", out).group(1)); qps = n / a.seconds
            p50 = re.search(r"50th percentile:\s+([\d.]+)", out).group(1)
            per = {k: v / n * 1e6 for k, v in used.items()}
            base = base or per["mysqld"]
            ratio = f"{per['gate'] / base:.2f}" if target == "gate" else ""
            print(f"| {target} | {'prepared' if prepared else 'text'} | {threads} | {qps:.0f} | {p50} | {per['mysqld']:.0f} | "
                  f"{per['tablet'] if target == 'gate' else 0:.0f} | {per['gate'] if target == 'gate' else 0:.0f} | {ratio} |", flush=True)
