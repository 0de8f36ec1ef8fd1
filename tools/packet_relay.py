"""Joins network namespaces by a process that passes packets on late, and loses some; started by network_laboratory.py:

  packet_relay.py SECONDS SHARE NAMESPACE...

Makes a card, eth0, in each namespace, and prints "ready". A packet for 10.77.0.i goes to namespace i - 1 after the given
time; the given share of packets, chosen by fixed random numbers, goes nowhere.
"""
import collections, ctypes, fcntl, os, random, select, struct, sys, time

# From <linux/if_tun.h>: make a card; it exchanges IP packets, without a header of its own.
TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 0x0001, 0x1000
# Packets that wait to be passed on, like the queue of a slow router.
LIMIT = 20_000


def card(namespace):
    """A file whose reads are the packets that eth0 sends, and whose writes are those that it receives."""
    with open(f"/run/netns/{namespace}") as place:
        if ctypes.CDLL(None, use_errno=True).setns(place.fileno(), 0):
            raise OSError(ctypes.get_errno(), f"cannot enter {namespace}")
    file = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(file, TUNSETIFF, struct.pack("16sH22x", b"eth0", IFF_TUN | IFF_NO_PI))
    return file


def main():
    delay, loss, cards = float(sys.argv[1]), float(sys.argv[2]), [card(name) for name in sys.argv[3:]]
    chance, waiting = random.Random(1), collections.deque()
    poll = select.poll()
    for file in cards:
        poll.register(file, select.POLLIN)
    print("ready", flush=True)
    while True:
        now = time.monotonic()
        while waiting and waiting[0][0] <= now:
            _, packet, target = waiting.popleft()
            try:
                os.write(target, packet)
            except OSError:
                pass  # Its card is down, or its queue is full: the packet is lost, as in a network.
        pause = (waiting[0][0] - now) * 1000 if waiting else None
        for file, _ in poll.poll(pause):
            for packet in packets(file):
                node = packet[19] - 1
                # Version 4, to a node of the laboratory; anything else is the kernel's own talk.
                if packet[0] >> 4 != 4 or node >= len(cards) or len(waiting) >= LIMIT or chance.random() < loss:
                    continue
                waiting.append((time.monotonic() + delay, packet, cards[node]))


def packets(file):
    """Those that are there now, but not forever: others want to be served too."""
    for _ in range(64):
        try:
            yield os.read(file, 65536)
        except OSError:
            return  # None is left, or the card is down.


if __name__ == "__main__":
    main()
