#!/usr/bin/env python3
"""What the drop-in jar costs a stock ShardingSphere host: its size, the start, and CPU per point select by VITESS_HASH next to INLINE and MOD.

  plugins.py --mysql-port 3306 [--seconds 8] [--rounds 3] [--warm-up 60] [--starts 3] [--skip start,proxy,jdbc]

Needs a built reactor (vitess-spi-plugins/hosts/*/target/lib and the jar of vitess-spi-plugins/bundle), sysbench, and a MySQL on 127.0.0.1 with user
root without a password, in which the databases plugins_0 and plugins_1 are made. Prints Markdown tables."""
import argparse, glob, os, re, shutil, socket, statistics, subprocess, sys, tempfile, time
from processes import cpu

ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
ap.add_argument("--mysql-port", type=int, required=True); ap.add_argument("--seconds", type=int, default=8)
ap.add_argument("--rounds", type=int, default=3); ap.add_argument("--warm-up", type=int, default=60)
ap.add_argument("--rows", type=int, default=10000); ap.add_argument("--threads", type=int, default=4)
ap.add_argument("--starts", type=int, default=3); ap.add_argument("--skip", default="")
a = ap.parse_args()
HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
JAR = next(j for j in glob.glob(f"{ROOT}/vitess-spi-plugins/bundle/target/vtsphere-shardingsphere-plugins-*.jar")
           if not j.endswith("-sources.jar"))
DRIVER = glob.glob(f"{ROOT}/distribution/target/lib/mysql-connector-j-*.jar")[0]
HOSTS = f"{ROOT}/vitess-spi-plugins/hosts"
WORK = tempfile.mkdtemp(prefix="vtsphere-plugins-")
TABLES = {"by_inline": "INLINE", "by_mod": "MOD", "by_hash": "VITESS_HASH"}
PROPS = {"INLINE": "algorithm-expression: ds_${id % 2}", "MOD": "sharding-count: 2", "VITESS_HASH": 'shards: "-80,80-"'}


def rules(tables, auto=()):
    """auto: tables whose nodes are the algorithm's own, by_mod_0 and by_mod_1, since 5.5 has MOD for these only."""
    text = "rules:\n  - !SHARDING\n" + ("    autoTables:\n" if auto else "")
    for table in auto:
        text += (f"      {table}:\n        actualDataSources: ds_0,ds_1\n        shardingStrategy:\n          standard:\n"
                 f"            shardingColumn: id\n            shardingAlgorithmName: {table}_algorithm\n")
    text += "    tables:\n"
    for table in [each for each in tables if each not in auto]:
        text += (f"      {table}:\n        actualDataNodes: ds_${{0..1}}.{table}\n        databaseStrategy:\n          standard:\n"
                 f"            shardingColumn: id\n            shardingAlgorithmName: {table}_algorithm\n")
    text += "    shardingAlgorithms:\n"
    for table in tables:
        text += f"      {table}_algorithm:\n        type: {TABLES[table]}\n        props:\n          {PROPS[TABLES[table]]}\n"
    return text


def url(i):
    return f"jdbc:mysql://127.0.0.1:{a.mysql_port}/plugins_{i}?useSSL=false&allowPublicKeyRetrieval=true"


def proxy_conf(directory, tables, guard):
    os.makedirs(directory)
    with open(f"{directory}/server.yaml", "w") as f:
        f.write("rules:\n  - !AUTHORITY\n    users:\n      - root@%:root\n    provider:\n      type: ALL_PRIVILEGES_PERMITTED\n"
                + ("  - !VITESS\n    guard: true\n" if guard else ""))
    with open(f"{directory}/config-plugins.yaml", "w") as f:
        f.write("schemaName: plugins\ndataSources:\n" + "".join(
            f"  ds_{i}:\n    url: {url(i)}\n    username: root\n    password:\n    maxPoolSize: 20\n" for i in (0, 1)) + rules(tables))
    with open(f"{directory}/logback.xml", "w") as f:
        f.write('<configuration><root level="WARN"/></configuration>')


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Proxy:
    """Proxy 5.1.0 as start.sh starts it; seconds and CPU seconds until a client is greeted."""

    def __init__(self, name, tables, jar, guard=False):
        home = f"{WORK}/{name}-{time.monotonic_ns()}"
        proxy_conf(f"{home}/conf", tables, guard)
        os.makedirs(f"{home}/ext-lib")
        for each in [DRIVER] + ([JAR] if jar else []):
            shutil.copy(each, f"{home}/ext-lib")
        self.port = free_port()
        began = time.monotonic()
        self.process = subprocess.Popen(
            ["java", "-Xmx1g", "-Xms1g", "-cp", f"{home}/conf:{home}:{HOSTS}/proxy-5.1.0/target/lib/*:{home}/ext-lib/*",
             "org.apache.shardingsphere.proxy.Bootstrap", str(self.port), "conf"],
            cwd=home, stdout=open(f"{home}/log", "w"), stderr=subprocess.STDOUT)
        while True:
            if self.process.poll() is not None:
                sys.exit(open(f"{home}/log").read())
            try:
                with socket.create_connection(("127.0.0.1", self.port), 1) as s:
                    if s.recv(1):
                        break
            except OSError:
                time.sleep(0.01)
        self.seconds = time.monotonic() - began
        self.cpu = cpu(self.process.pid)
        self.resident = int(re.search(r"VmRSS:\s+(\d+)", open(f"/proc/{self.process.pid}/status").read()).group(1)) / 1024

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()

    def select(self, table, seconds):
        before = cpu(self.process.pid)
        r = subprocess.run(["sysbench", f"{HERE}/plugins.lua", "--db-driver=mysql", "--mysql-host=127.0.0.1", f"--mysql-port={self.port}",
                            "--mysql-user=root", "--mysql-password=root", "--mysql-db=plugins", f"--table={table}", f"--rows={a.rows}",
                            f"--threads={a.threads}", f"--time={seconds}", "run"], capture_output=True, text=True)
        if r.returncode:
            sys.exit(r.stdout[-1500:] + r.stderr[-500:])
        n = int(re.search(r"total number of events:\s+(\d+)", r.stdout).group(1))
        return n / seconds, (cpu(self.process.pid) - before) / n * 1e6


def mysql(sql):
    subprocess.run(["mysql", "-h127.0.0.1", f"-P{a.mysql_port}", "-uroot"], input=sql, text=True, check=True)


def load():
    """Every row on both shards: which one is asked is the algorithm's, and none is missing."""
    rows = [f"({i}, 'text of row {i}')" for i in range(1, a.rows + 1)]
    for i in (0, 1):
        mysql(f"drop database if exists plugins_{i}; create database plugins_{i}; use plugins_{i};" + "".join(
            f"create table {t}(id int primary key, c varchar(120));" + "".join(
                f"insert into {t} values {', '.join(rows[k:k + 500])};" for k in range(0, a.rows, 500)) for t in [*TABLES, "by_mod_0", "by_mod_1"]))


def starts():
    print("| proxy 5.1.0, start until a client is greeted | s | CPU s | resident MiB |\n|---|---|---|---|")
    kinds = {"without the jar (INLINE, MOD)": (["by_inline", "by_mod"], False, False),
             "with the jar, the same rules": (["by_inline", "by_mod"], True, False),
             "with the jar, VITESS_HASH and the guard": (list(TABLES), True, True)}
    seen = {kind: [] for kind in kinds}
    for _ in range(a.starts):
        for kind, (tables, jar, guard) in kinds.items():
            with Proxy("start", tables, jar, guard) as proxy:
                seen[kind].append((proxy.seconds, proxy.cpu, proxy.resident))
    for kind, all_of in seen.items():
        s, c, m = (statistics.median(column) for column in zip(*all_of))
        print(f"| {kind} | {s:.1f} | {c:.1f} | {m:.0f} |", flush=True)


def selects():
    print("\n| proxy 5.1.0, text | queries/s | proxy µs/query | of INLINE |\n|---|---|---|---|")
    with Proxy("selects", list(TABLES), True) as plain, Proxy("guarded", list(TABLES), True, True) as guarded:
        kinds = [(plain, t, TABLES[t]) for t in TABLES] + [(guarded, "by_hash", "VITESS_HASH, guard on")]
        for proxy, table, _ in kinds:
            # each proxy as long as the other
            proxy.select(table, max(1, a.warm_up if proxy is guarded else a.warm_up // len(TABLES)))
        seen = {kind: [] for _, _, kind in kinds}
        for _ in range(a.rounds):
            for proxy, table, kind in kinds:
                seen[kind].append(proxy.select(table, a.seconds))
        report(seen)


def report(seen):
    base = statistics.median(each[1] for each in seen["INLINE"])
    for kind, all_of in seen.items():
        q, c = (statistics.median(column) for column in zip(*all_of))
        print(f"| {kind} | {q:.0f} | {c:.0f} | {c / base:.2f} |", flush=True)


def jdbc():
    yaml = f"{WORK}/jdbc.yaml"
    with open(yaml, "w") as f:
        f.write("databaseName: plugins\nmode:\n  type: Standalone\n  repository:\n    type: JDBC\ndataSources:\n" + "".join(
            f"  ds_{i}:\n    dataSourceClassName: com.zaxxer.hikari.HikariDataSource\n    driverClassName: com.mysql.cj.jdbc.Driver\n"
            f"    jdbcUrl: {url(i)}\n    username: root\n    password:\n    maxPoolSize: 20\n" for i in (0, 1))
                + rules(TABLES, ["by_mod"]) + "props:\n  proxy-frontend-database-protocol-type: MySQL\n")
    with open(f"{WORK}/logback.xml", "w") as f:
        f.write('<configuration><root level="WARN"/></configuration>')
    warm = max(1, a.warm_up // len(TABLES) // a.seconds)
    out = subprocess.run(
        ["java", "-Xmx1g", "-Xms1g", "-cp", f"{WORK}:{HOSTS}/jdbc-5.5.2/target/lib/*:{JAR}:{DRIVER}", f"{HERE}/PointSelects.java", yaml,
         str(a.rows), str(a.threads), str(a.seconds), str(warm + a.rounds), *TABLES], capture_output=True, text=True)
    if out.returncode:
        sys.exit(out.stdout + out.stderr)
    print("\n| ShardingSphere-JDBC 5.5.2, prepared | queries/s | µs/query, client's too | of INLINE |\n|---|---|---|---|")
    seen = {kind: [] for kind in TABLES.values()}
    for line in out.stdout.splitlines():
        parts = line.split()
        if parts and parts[0] in TABLES:
            seen[TABLES[parts[0]]].append((int(parts[1]) / a.seconds, float(parts[2])))
    report({kind: each[warm:] for kind, each in seen.items()})


try:
    print(f"jar: {os.path.getsize(JAR) / 2 ** 20:.1f} MiB; load average {os.getloadavg()[0]:.1f}\n")
    load()
    for name, part in (("start", starts), ("proxy", selects), ("jdbc", jdbc)):
        if name not in a.skip.split(","):
            part()
finally:
    shutil.rmtree(WORK, ignore_errors=True)
