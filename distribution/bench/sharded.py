#!/usr/bin/env python3
"""Queries over the shards of `customer` and joins with another keyspace, next to the same rows in one MySQL, in one run: queries a second,
and CPU per query of each process.

  sharded.py [--gate-port 15306] [--seconds 8] [--threads 8] [--rows 10000] [--warm-up 20] [--queries point,in10]

Needs a running `vtsphere quickstart --small [--shards 16]` on the ports from --gate-port on. Prints a Markdown table."""
import argparse, os, re, subprocess, sys
from processes import command_lines, cpu

ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
ap.add_argument("--gate-port", type=int, default=15306); ap.add_argument("--seconds", type=int, default=8)
ap.add_argument("--threads", type=int, default=8); ap.add_argument("--rows", type=int, default=10000)
ap.add_argument("--warm-up", type=int, default=20); ap.add_argument("--skip-load", action="store_true")
ap.add_argument("--queries", default="point,point prepared,in10,count,top,join,product")
a = ap.parse_args()
MYSQL_PORT = a.gate_port + 10
HERE = os.path.dirname(os.path.abspath(__file__))


def processes():
    """Which process belongs to which part, found by the command line and the ports in it."""
    parts = {"mysqld": [], "gate": [], "tablet": []}
    for pid, line in command_lines():
        tablet = re.search(r"TabletServerMain.* --grpc-port=(\d+)", line)
        port = re.search(r"^\S*mysqld .* --port=(\d+) ", line)
        if tablet and int(tablet.group(1)) in range(MYSQL_PORT, MYSQL_PORT + 54):
            parts["tablet"].append(pid)
        elif "io.vtsphere.shardingsphere.ProxyLauncher" in line and line.rstrip().endswith(str(a.gate_port)):
            parts["gate"].append(pid)
        elif port and int(port.group(1)) in range(MYSQL_PORT, MYSQL_PORT + 54, 3):
            parts["mysqld"].append(pid)
    return parts


def sysbench(port, database, kind, seconds, prepared):
    args = ["sysbench", f"{HERE}/sharded.lua", "--db-driver=mysql", "--mysql-host=127.0.0.1", f"--mysql-port={port}", "--mysql-user=root",
            f"--mysql-db={database}", f"--products={'product' if port == MYSQL_PORT else 'commerce.product'}", f"--rows={a.rows}", f"--query={kind}", f"--ps={'on' if prepared else 'off'}",
            f"--threads={a.threads}", f"--time={seconds}", "run"]
    r = subprocess.run(args, capture_output=True, text=True)
    if r.returncode:
        sys.exit(r.stdout[-1500:] + r.stderr[-500:])
    return int(re.search(r"total number of events:\s+(\d+)", r.stdout).group(1))


def mysql(port, sql):
    subprocess.run(["mysql", "-h127.0.0.1", f"-P{port}", "-uroot"], input=sql, text=True, check=True)


def inserts(table, rows):
    return "".join(f"insert into {table} values {', '.join(rows[i:i + 500])};\n" for i in range(0, len(rows), 500))


if not a.skip_load:
    # Five orders a customer; the price of each is the number of another customer, to join by.
    customers = inserts("customer(customer_id, email)", [f"({i}, 'mail{i * 7919 % a.rows}@x.org')" for i in range(1, a.rows + 1)])
    orders = inserts("corder(order_id, customer_id, sku, price)",
                     [f"({i}, {i % a.rows + 1}, 'SKU-{i % 1000}', {i * 7919 % a.rows + 1})" for i in range(1, 5 * a.rows + 1)])
    products = inserts("product(sku, description, price)", [f"('SKU-{i}', 'description {i}', {i})" for i in range(1000)])
    mysql(MYSQL_PORT, "set sql_log_bin=0; drop database if exists direct; create database direct; use direct; create table customer"
                      "(customer_id bigint not null, email varbinary(128), primary key(customer_id)); create table corder(order_id bigint not"
                      " null, customer_id bigint, sku varbinary(128), price bigint, primary key(order_id), key by_customer(customer_id));"
                      " create table product(sku varbinary(128) not null, description varbinary(128), price bigint, primary key(sku));\n"
                      + customers + orders + products)
    mysql(a.gate_port, "use customer; delete from customer; delete from corder;\n" + customers + orders
                       + "use commerce; delete from product;\n" + products)
parts = processes()
print("| query | target | queries/s | mysqld µs/query | tablets µs/query | gate µs/query | gate / mysqld direct |")
print("|---|---|---|---|---|---|---|")
for query in a.queries.split(","):
    kind, prepared = query.split(" ")[0], query.endswith(" prepared")
    if a.warm_up:
        sysbench(a.gate_port, "customer", kind, a.warm_up, prepared)
    base = None
    for target, port, database in (("MySQL", MYSQL_PORT, "direct"), ("gate", a.gate_port, "customer")):
        before = {k: cpu(*v) for k, v in parts.items()}
        n = sysbench(port, database, kind, a.seconds, prepared)
        per = {k: (cpu(*v) - before[k]) / n * 1e6 for k, v in parts.items()}
        base = base or per["mysqld"]
        gate = target == "gate"
        print(f"| {query} | {target} | {n / a.seconds:.0f} | {per['mysqld']:.0f} | "
              f"{per['tablet'] if gate else 0:.0f} | {per['gate'] if gate else 0:.0f} | {per['gate'] / base if gate else 0:.2f} |", flush=True)
