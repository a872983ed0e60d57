#!/usr/bin/env bash
# Cuts a cluster in two until each half takes the other for dead, and joins it again.
#
# Each half is a network namespace in which two consoles run. A bridge in a third namespace connects
# them, and can isolate its ports from each other: packets then vanish, and nobody is told. Needs
# root and iproute2; nothing outside of its own namespaces is touched.
set -euo pipefail
cd "$(dirname "$0")"

if [ "$(id -u)" != 0 ] || ! command -v ip >/dev/null; then
  echo "Skipped: network namespaces need root and the program ip."
  exit 0
fi
if [ ! -f target/console.jar ]; then
  echo "Build it first: mvn -q -DskipTests -pl samples/console -am package" >&2
  exit 1
fi

net=gossip-$$ # first part of the names of all that is made here
dir=$(mktemp -d)
declare -A pid input mark

cleanup() {
  [ ${#pid[@]} = 0 ] || kill "${pid[@]}" 2>/dev/null || true
  [ ${#pid[@]} = 0 ] || wait "${pid[@]}" 2>/dev/null || true
  for half in left right switch; do
    ip netns del "$net-$half" 2>/dev/null || true # its interfaces go with it
  done
  rm -rf "$dir"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

half() { # name address: a namespace with one interface, plugged into the bridge
  ip netns add "$net-$1"
  ip -n "$net-$1" link set lo up
  ip -n "$net-switch" link add "$1" type veth peer name eth0 netns "$net-$1"
  ip -n "$net-switch" link set "$1" master bridge up
  ip -n "$net-$1" addr add "$2/24" dev eth0
  ip -n "$net-$1" link set eth0 up
}

bridge() { # on|off: whether its ports are isolated from each other
  for port in left right; do
    ip -n "$net-switch" link set "$port" type bridge_slave isolated "$1"
  done
}

console() { # half name address: a member, its input held open, its output shown and kept
  mkfifo "$dir/$2.in"
  exec {fd}<>"$dir/$2.in"
  input[$2]=$fd
  mark[$2]=1
  ip netns exec "$net-$1" java -jar target/console.jar --id "$2" --cluster partition \
    --bind "$3" --seed 10.99.0.1:7946 --seed 10.99.0.2:7946 \
    <"$dir/$2.in" > >(tee "$dir/$2.out" | sed -u "s/^/$2 | /") 2>"$dir/$2.err" &
  pid[$2]=$!
}

phase() { # text: from here on, only what happens later counts
  printf '\n== %s\n' "$1"
  for name in "${!pid[@]}"; do
    mark[$name]=$(($(wc -l <"$dir/$name.out") + 1))
  done
}

await() { # name pattern: waits until a line of the member says so
  local deadline=$((SECONDS + 90))
  until tail -n +"${mark[$1]}" "$dir/$1.out" | grep -q "$2"; do
    if [ $SECONDS -ge $deadline ]; then
      echo "FAILED: $1 has not said '$2'" >&2
      cat "$dir/$1.err" >&2
      exit 1
    fi
    sleep 0.2
  done
}

expect() { # event observers others: waits until each observer has told it of each of the others
  local observer other
  for observer in $2; do
    for other in $3; do
      [ "$observer" = "$other" ] || await "$observer" " $1 *$other at"
    done
  done
}

ip netns add "$net-switch"
ip -n "$net-switch" link add bridge type bridge
ip -n "$net-switch" link set bridge up
half left 10.99.0.1
half right 10.99.0.2

printf '== four members in two halves\n'
console left a 10.99.0.1:7946
console left b 10.99.0.1:7947
console right c 10.99.0.2:7946
console right d 10.99.0.2:7947
expect joined "a b c d" "a b c d"

phase "cut"
bridge on
started=$SECONDS
expect failed "a b" "c d"
expect failed "c d" "a b"
echo "== each half took the other for dead after $((SECONDS - started)) s"

phase "joined again"
bridge off
started=$SECONDS
expect joined "a b" "c d"
expect joined "c d" "a b"
for name in a b c d; do
  echo members >&"${input[$name]}"
  await "$name" "4 active, 0 departed"
done
echo "== one cluster again after $((SECONDS - started)) s, without a restart"
printf "\n== the end: all leave\n"
