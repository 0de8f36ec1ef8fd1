"""Network namespaces that play machines; see network-lab."""
import json, os, shlex, signal, stat, subprocess, sys, tempfile, time

# The bytes that a card may send at once, and those that may wait. Bursts are short, for steady speeds even of messages of
# a few megabytes; the queue is that of a switch.
BURST, QUEUE = 256 << 10, 4 << 20

PREFIX = "networklab"


class LaboratoryError(Exception):
    pass


class Laboratory:
    """Nodes and what joins them, while its `with` block runs."""

    def __init__(self, count, rate=None, delay=0, loss=0, pin=False):
        self.count, self.rate, self.delay, self.loss, self.pin = count, rate, delay, loss, pin
        self.name = f"{PREFIX}{os.getpid()}"
        self.relay = None
        self.processes = []

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        try:
            for node in range(self.count):
                self._add_namespace(self.namespace(node))
            if self.delay or self.loss:
                self._join_by_relay()
            else:
                self._join_by_bridge()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        # A second signal must not keep things from being removed.
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        if self.relay:
            self.relay.kill()
            self.relay.wait()
        remove([self.namespace(node) for node in range(self.count)] + [self.switch])
        for process in self.processes:
            process.wait()
        self.folder.cleanup()

    @property
    def switch(self):
        return f"{self.name}-switch"

    def namespace(self, node):
        return f"{self.name}-node{node}"

    def address(self, node):
        return f"10.77.0.{node + 1}"

    def start(self, node, command, environment={}, **options):
        """Starts a program on a node."""
        words = self._entering(node) + command
        process = subprocess.Popen(words, env=os.environ | environment, **options)
        self.processes.append(process)
        return process

    def run_on_each(self, command):
        """Runs a program on all nodes; the status is that of the first that failed."""
        processes = [
            self.start(node, command, {
                "RANK": str(node), "WORLD_SIZE": str(self.count), "MASTER_ADDR": self.address(0), "MASTER_PORT": "29500",
                "GLOO_SOCKET_IFNAME": "eth0",
            })
            for node in range(self.count)
        ]
        statuses = [process.wait() for process in processes]
        return next((shell_status(status) for status in statuses if status), 0)

    def mpirun(self, command):
        """Runs a program in one process of OpenMPI on each node, and returns its status."""
        agent, hosts = os.path.join(self.folder.name, "agent"), os.path.join(self.folder.name, "hosts")
        with open(hosts, "w") as file:
            file.writelines(f"{self.address(node)} slots=1\n" for node in range(self.count))
        # mpirun calls it as it would ssh: with an address and a command for its shell.
        with open(agent, "w") as file:
            file.write("#!/bin/sh\nhost=$1; shift\ncase $host in\n")
            for node in range(self.count):
                file.write(f"{self.address(node)}) exec {shlex.join(self._entering(node))} sh -c \"$*\" ;;\n")
            file.write("esac\necho \"network-lab: no node $host\" >&2; exit 1\n")
        os.chmod(agent, stat.S_IRWXU)
        network = "10.77.0.0/24"
        parameters = {
            "plm_rsh_agent": agent, "plm_rsh_no_tree_spawn": "1", "btl": "tcp,self", "btl_tcp_if_include": network,
            "oob_tcp_if_include": network, "pml": "ob1", "hwloc_base_binding_policy": "none",
            # Otherwise mpirun waits for minutes for a node that it cannot reach.
            "oob_tcp_keepalive_time": "10", "oob_tcp_keepalive_intvl": "5", "oob_tcp_keepalive_probes": "4",
        }
        words = ["mpirun", "--hostfile", hosts, "-np", str(self.count), "--map-by", "node"]
        for key, value in parameters.items():
            words += ["--mca", key, value]
        root = {"OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1"}
        return shell_status(self.start(0, words + command, root).wait())

    def counters(self):
        """What each card sent and received so far."""
        cards = [json.loads(ip("-n", self.namespace(node), "-s", "-j", "link", "show", "eth0"))[0]["stats64"]
                 for node in range(self.count)]
        return [
            {
                "sent_bytes": card["tx"]["bytes"], "sent_packets": card["tx"]["packets"],
                "received_bytes": card["rx"]["bytes"], "received_packets": card["rx"]["packets"],
            }
            for card in cards
        ]

    def cut(self, node):
        """Unplugs a node."""
        ip("-n", self.namespace(node), "link", "set", "eth0", "down")
        print(f"network-lab: node {node} is unplugged", file=sys.stderr, flush=True)

    def _entering(self, node):
        words = ["ip", "netns", "exec", self.namespace(node), "unshare", "--uts", "sh", "-c",
                 f'hostname node{node} && exec "$@"', "node"]
        if self.pin:
            processors = sorted(os.sched_getaffinity(0))
            words += ["taskset", "-c", str(processors[node % len(processors)])]
        return words

    def _add_namespace(self, name):
        ip("netns", "add", name)
        ip("-n", name, "link", "set", "lo", "up")

    def _join_by_bridge(self):
        self._add_namespace(self.switch)
        ip("-n", self.switch, "link", "add", "bridge", "type", "bridge")
        ip("-n", self.switch, "link", "set", "bridge", "up")
        for node in range(self.count):
            name, port = self.namespace(node), f"port{node}"
            ip("-n", name, "link", "add", "eth0", "type", "veth", "peer", "name", port, "netns", self.switch)
            ip("-n", self.switch, "link", "set", port, "master", "bridge", "up")
            self._set_up(node)
            # A card sends no faster than this, and gets nothing faster from its port.
            self._limit(name, "eth0")
            self._limit(self.switch, port)

    def _join_by_relay(self):
        names = [self.namespace(node) for node in range(self.count)]
        program = os.path.join(os.path.dirname(os.path.realpath(__file__)), "packet_relay.py")
        self.relay = subprocess.Popen([sys.executable, program, str(self.delay), str(self.loss / 100), *names],
                                      stdout=subprocess.PIPE)
        if self.relay.stdout.readline() != b"ready\n":
            raise LaboratoryError("the relay of packets cannot start; is there /dev/net/tun?")
        for node in range(self.count):
            self._set_up(node)
            self._limit(self.namespace(node), "eth0")

    def _set_up(self, node):
        name = self.namespace(node)
        ip("-n", name, "address", "add", f"{self.address(node)}/24", "dev", "eth0")
        ip("-n", name, "link", "set", "eth0", "up")

    def _limit(self, name, card):
        if self.rate:
            run("tc", "-n", name, "qdisc", "add", "dev", card, "root", "tbf", "rate", self.rate, "burst", str(BURST),
                "limit", str(QUEUE))


def remove(namespaces):
    """Ends the processes in namespaces and removes them; those that do not exist are passed over."""
    existing = set(namespaces) & {entry["name"] for entry in json.loads(ip("-j", "netns", "list") or "[]")}
    for number in (signal.SIGTERM, signal.SIGKILL):
        running = [int(process) for name in existing for process in ip("netns", "pids", name).split()]
        for process in running:
            try:
                os.kill(process, number)
            except ProcessLookupError:
                pass
        # Programs get a moment to end by themselves.
        for _ in range(20):
            if not any(ip("netns", "pids", name) for name in existing):
                break
            time.sleep(0.05)
    for name in existing:
        ip("netns", "delete", name)
    return len(existing)


def remove_abandoned():
    """Removes the namespaces of laboratories whose process is gone, and returns their number."""
    names = [entry["name"] for entry in json.loads(ip("-j", "netns", "list") or "[]")]
    owners = {name: name.removeprefix(PREFIX).split("-")[0] for name in names if name.startswith(PREFIX)}
    return remove([name for name, owner in owners.items() if not os.path.exists(f"/proc/{owner}")])


def ip(*words):
    return run("ip", *words)


def run(*words):
    try:
        done = subprocess.run(words, capture_output=True, text=True)
    except FileNotFoundError:
        raise LaboratoryError(f"there is no {words[0]}; install iproute2") from None
    if done.returncode:
        raise LaboratoryError(f"'{shlex.join(words)}' failed: {done.stderr.strip()}")
    return done.stdout


def shell_status(status):
    """The status as a shell has it: 128 and the signal that ended a program."""
    return status if status >= 0 else 128 - status
