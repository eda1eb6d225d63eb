#!/usr/bin/env python3
"""Queries whose rows are gathered on a tablet: milliseconds, and CPU per query of each kind of process, by one client.

  gathered.py [--ports-from 15306] [--gate-ports 15306] [--seconds 6] [--warm-up 15] [--rows 2000] [--queries 0,1,2,3]

Needs a running `vtsphere quickstart --small` on the ports from --ports-from on. More gates, say of another build, may be compared with its own: their ports
with commas. Prints a Markdown table."""
import argparse, os, re, subprocess, sys
from processes import command_lines, cpu

ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
ap.add_argument("--ports-from", type=int, default=15306); ap.add_argument("--gate-ports", default="")
ap.add_argument("--seconds", type=int, default=6); ap.add_argument("--warm-up", type=int, default=15)
ap.add_argument("--rows", type=int, default=2000); ap.add_argument("--queries", default="0,1,2,3")
ap.add_argument("--skip-load", action="store_true")
a = ap.parse_args()
HERE = os.path.dirname(os.path.abspath(__file__))
gates = a.gate_ports.split(",") if a.gate_ports else [str(a.ports_from)]
QUERIES = [
    "select c.email, count(*) as n, sum(o.price) from corder o join customer c on c.customer_id = o.order_id"
    " where o.customer_id in ({n}, {m}, {o}) group by c.email order by n, c.email",
    "select email from customer where customer_id in (select order_id from corder where customer_id = {n})",
    "select sku, count(distinct price) from corder where order_id < 60 group by sku",
    "select p.description, count(*) as n from corder o join commerce.product p on p.sku = o.sku"
    " where o.customer_id in ({n}, {m}, {o}) group by p.description order by p.description",
]


def processes(gate):
    parts = {"mysqld": [], "tablet": [], "gate": []}
    for pid, line in command_lines():
        tablet = re.search(r"^\S*java .*TabletServerMain.* --grpc-port=(\d+)", line)
        port = re.search(r"^\S*mysqld .* --port=(\d+) ", line)
        if tablet and a.ports_from < int(tablet.group(1)) < a.ports_from + 64:
            parts["tablet"].append(pid)
        elif port and a.ports_from < int(port.group(1)) < a.ports_from + 64:
            parts["mysqld"].append(pid)
        elif re.match(r"^\S*java .*ProxyLauncher", line) and line.rstrip().endswith(" " + gate):
            parts["gate"].append(pid)
    return parts


def sysbench(port, text, seconds):
    args = ["sysbench", f"{HERE}/text.lua", "--db-driver=mysql", "--mysql-host=127.0.0.1", f"--mysql-port={port}", "--mysql-user=root",
            "--mysql-db=customer", f"--rows={a.rows}", f"--text={text}", "--threads=1", f"--time={seconds}", "run"]
    r = subprocess.run(args, capture_output=True, text=True)
    if r.returncode:
        sys.exit(r.stdout[-1500:] + r.stderr[-500:])
    return int(re.search(r"total number of events:\s+(\d+)", r.stdout).group(1))


def insert(table, columns, row, count):
    rows = [row(i) for i in range(1, count + 1)]
    return "".join(f"insert into {table}({columns}) values {', '.join(rows[i:i + 500])};\n" for i in range(0, count, 500))


if not a.skip_load:
    sql = ("use customer; delete from customer; delete from corder; delete from commerce.product;\n"
           + insert("customer", "customer_id, email", lambda i: f"({i}, 'mail{i * 7919 % a.rows}@x.org')", a.rows)
           + insert("corder", "order_id, customer_id, sku, price", lambda i: f"({i}, {i * 31 % a.rows + 1}, 'SKU-{i % 50}', {i % 97})", a.rows)
           + insert("commerce.product", "sku, description, price", lambda i: f"('SKU-{i - 1}', 'd{i % 7}', {i})", 50))
    subprocess.run(["mysql", "-h127.0.0.1", f"-P{gates[0]}", "-uroot"], input=sql, text=True, check=True)
print("| query | gate | ms | mysqlds µs | tablets µs | gate µs |\n|---|---|---|---|---|---|")
for number in map(int, a.queries.split(",")):
    for gate in gates:
        if a.warm_up:
            sysbench(gate, QUERIES[number], a.warm_up)
        parts = processes(gate)
        before = {k: cpu(*v) for k, v in parts.items()}
        n = sysbench(gate, QUERIES[number], a.seconds)
        per = {k: (cpu(*v) - before[k]) / n * 1e6 for k, v in parts.items()}
        print(f"| {number} | {gate} | {a.seconds / n * 1000:.2f} | {per['mysqld']:.0f} | {per['tablet']:.0f} | {per['gate']:.0f} |", flush=True)
