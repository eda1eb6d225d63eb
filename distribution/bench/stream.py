#!/usr/bin/env python3
"""A million rows through the gate next to direct MySQL, in turns in one run: bytes a second and CPU of each process.

  stream.py [--gate-port 15306] [--rows 1024000] [--rounds 7] [--heap 128m] [--client mysql|drain] [--query SQL] [--workload olap]

Needs a running `vtsphere quickstart` on the ports from --gate-port on. Starts a gate of its own with --heap on the same topology, on the
port after the quickstart's last, and stops it at the end. The client is `mysql --quick` writing to /dev/null, or a program that throws
away what it receives. A round is one query to MySQL and then one to the gate; the ratio is that of the medians. Prints a Markdown table."""
import argparse, os, re, shutil, socket, statistics, subprocess, sys, tempfile, time
from processes import cpu

ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
ap.add_argument("--gate-port", type=int, default=15306); ap.add_argument("--rows", type=int, default=1024000)
ap.add_argument("--rounds", type=int, default=7); ap.add_argument("--warm-up", type=int, default=4); ap.add_argument("--heap", default="128m")
ap.add_argument("--client", default="mysql", choices=["mysql", "drain"]); ap.add_argument("--skip-load", action="store_true")
ap.add_argument("--query", default="select * from big"); ap.add_argument("--workload", default="olap"); ap.add_argument("--jvm", default="")
a = ap.parse_args()
MYSQL_PORT, OWN_PORT = a.gate_port + 10, a.gate_port + 150


def command_line(pid):
    try:
        return open(f"/proc/{pid}/cmdline", "rb").read().decode("utf8", "replace").rstrip("\0").split("\0")
    except OSError:
        return [""]


def find(matches):
    return next((pid for pid in filter(str.isdigit, os.listdir("/proc")) if matches(command_line(pid))), None)


def mysql(port, sql):
    subprocess.run(["mysql", "-h127.0.0.1", f"-P{port}", "-uroot"], input=sql, text=True, check=True)


def read(sock, n):
    data = b""
    while len(data) < n:
        got = sock.recv(n - len(data))
        if not got:
            sys.exit("the server closed the connection")
        data += got
    return data


def packet(sock):
    header = read(sock, 4)
    return read(sock, int.from_bytes(header[:3], "little"))


class Drain:
    """Logs in as root without a password and reads answers as fast as they come, to the EOF packet that ends the rows."""
    def __init__(self, port, database):
        self.sock = socket.create_connection(("127.0.0.1", port))
        packet(self.sock)
        # LONG_PASSWORD, CONNECT_WITH_DB, PROTOCOL_41, SECURE_CONNECTION, PLUGIN_AUTH
        login = (0x1 | 0x8 | 0x200 | 0x8000 | 0x80000).to_bytes(4, "little") + (1 << 24).to_bytes(4, "little") + b"\x2d" + bytes(23) \
            + b"root\0" + b"\0" + database.encode() + b"\0" + b"mysql_native_password\0"
        self.sock.sendall(len(login).to_bytes(3, "little") + b"\x01" + login)
        answer = packet(self.sock)
        while answer[0] != 0:
            if answer[0] == 0xff:
                sys.exit(answer)
            self.sock.sendall(b"\0\0\0\x03") if answer[0] == 0xfe else None
            answer = packet(self.sock)

    def send(self, sql):
        body = b"\x03" + sql.encode()
        self.sock.sendall(len(body).to_bytes(3, "little") + b"\0" + body)

    def execute(self, sql):
        self.send(sql)
        answer = packet(self.sock)
        if answer[0] == 0xff:
            sys.exit(answer)

    def query(self, sql):
        self.send(sql)
        total, tail, buffer = 0, b"", bytearray(1 << 20)
        eofs = re.compile(rb"\x05\0\0.\xfe\0\0..$", re.S)
        while True:
            n = self.sock.recv_into(buffer)
            if n == 0:
                sys.exit("the server closed the connection")
            total += n
            tail = (tail + bytes(buffer[max(0, n - 9):n]))[-9:]
            if total > 1000 and eofs.match(tail):
                return total
            if total < 1000 and 0xff == buffer[4]:
                sys.exit(bytes(buffer[:n]))


def one(port, database, setting):
    started, before = time.time(), os.times()
    if a.client == "mysql":
        subprocess.run(["mysql", "-h127.0.0.1", f"-P{port}", "-uroot", "--quick", "--batch", "--raw", "-N", database,
                        "-e", setting + a.query], stdout=subprocess.DEVNULL, check=True)
    else:
        client = Drain(port, database)
        if setting:
            client.execute(setting.rstrip("; "))
        client.query(a.query)
        client.sock.close()
    after = os.times()
    return time.time() - started, after.user + after.system + after.children_user + after.children_system - before.user - before.system \
        - before.children_user - before.children_system


if not a.skip_load:
    create = "drop table if exists big; create table big(id bigint primary key, a char(40) not null, b varchar(60) not null, c int, d decimal(10,2))"
    mysql(a.gate_port, f"use commerce; {create}")
    mysql(MYSQL_PORT, f"set sql_log_bin=0; set session cte_max_recursion_depth={a.rows + 1}; insert into vt_commerce.big with recursive n(i) as "
                      f"(select 1 union all select i + 1 from n where i < {a.rows}) select i, sha1(i), concat(md5(i), substr(md5(i + 1), 1, 26)), i % 1000, "
                      "i / 7 from n")
size = int(subprocess.run(["mysql", "-h127.0.0.1", f"-P{MYSQL_PORT}", "-uroot", "-N", "-e",
                           "select sum(length(id) + length(a) + length(b) + length(c) + length(d) + 9) from vt_commerce.big"],
                          capture_output=True, text=True, check=True).stdout)
gate = find(lambda c: c[0].endswith("java") and "io.vtsphere.shardingsphere.ProxyLauncher" in c and c[-1] == str(a.gate_port))
command = command_line(gate)
conf = tempfile.mkdtemp(prefix="stream-bench")
shutil.copytree(command[-2], conf, dirs_exist_ok=True)
text = open(f"{conf}/server.yaml").read()
open(f"{conf}/server.yaml", "w").write(
    re.sub(r"topo-snapshot-file: \S+", f"topo-snapshot-file: {conf}/topology.snapshot", text.replace(f" port: {a.gate_port + 1}\n", f" port: {OWN_PORT + 1}\n")))
own = subprocess.Popen([f"-Xmx{a.heap}" if part.startswith("-Xmx") else part for part in command[:1] + a.jvm.split() + command[1:-2]]
                       + [conf, str(OWN_PORT)], stdout=open(f"{conf}/gate.log", "w"), stderr=subprocess.STDOUT)
try:
    for attempt in range(600):
        try:
            socket.create_connection(("127.0.0.1", OWN_PORT)).close()
            break
        except OSError:
            time.sleep(0.1)
        if own.poll() is not None or attempt == 599:
            sys.exit(open(f"{conf}/gate.log").read())
    pids = {"mysqld": find(lambda c: c[0].endswith("mysqld") and f"--port={MYSQL_PORT}" in c),
            "tablet": find(lambda c: c[0].endswith("java") and "io.vtsphere.tablet.TabletServerMain" in c and f"--grpc-port={MYSQL_PORT + 1}" in c), "gate": str(own.pid)}
    setting = f"set workload = {a.workload}; "
    for _ in range(a.warm_up):
        one(MYSQL_PORT, "vt_commerce", ""), one(OWN_PORT, "commerce", setting)
    seconds, used = {"MySQL": [], "gate": []}, {"MySQL": {}, "gate": {}}
    for _ in range(a.rounds):
        for target, port, database, first in (("MySQL", MYSQL_PORT, "vt_commerce", ""), ("gate", OWN_PORT, "commerce", setting)):
            before = {k: cpu(v) for k, v in pids.items()}
            took, client = one(port, database, first)
            seconds[target].append(took)
            for k, v in pids.items():
                used[target].setdefault(k, []).append(cpu(v) - before[k])
            used[target].setdefault("client", []).append(client)
    print("| target | MB/s | of direct | mysqld µs/row | tablet µs/row | gate µs/row | client µs/row |\n|---|---|---|---|---|---|---|")
    direct = statistics.median(seconds["MySQL"])
    for target in ("MySQL", "gate"):
        median = statistics.median(seconds[target])
        per = {k: statistics.median(v) / a.rows * 1e6 for k, v in used[target].items()}
        shown = [f"{per[k]:.2f}" if target == "gate" or k in ("mysqld", "client") else "" for k in ("mysqld", "tablet", "gate", "client")]
        print(f"| {target} | {size / median / 1e6:.1f} | {direct / median:.2f} | {' | '.join(shown)} |")
    ratios = [round(d / g, 2) for d, g in zip(seconds["MySQL"], seconds["gate"])]
    resident = re.search(r"VmHWM:\s+(\d+)", open(f"/proc/{own.pid}/status").read()).group(1)
    print(f"\nratio of each round: {ratios}; {size} bytes; greatest resident memory of the gate {int(resident) // 1024} MiB; load {os.getloadavg()[0]:.1f}")
finally:
    own.terminate()
    own.wait()
    shutil.rmtree(conf)
