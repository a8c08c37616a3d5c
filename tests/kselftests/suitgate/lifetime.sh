#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The module comes and goes while drivers ask.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
begin 15

gate_new
trust vendor vendor --prefix firmware/suitgate
for loader in 1 2 3 4; do
	file "$loader.bin"
	file "bad$loader.bin"
done
file b.bin
sign vendor 1 "$work/all.suit" 1.bin 2.bin 3.bin 4.bin bad1.bin bad2.bin \
	bad3.bin bad4.bin b.bin
for loader in 1 2 3 4; do
	flip "bad$loader.bin"
done
load "$work/all.suit" > /dev/null
mode enforce

# loader FILE TRIGGER NAME: asks until "stop" is there; counts what it is told
loader()
{
	while [ ! -e "$work/stop" ]; do
		ask "$2" "$3"
	done | sort | uniq -c | awk '{ print $2 }' | tr '\n' ' ' > "$1"
}

# Two signed and two changed files by four loaders, each name for itself.
odd_driver claim=kernel_read_file || die 'cannot load suitgate_test'
before=$(newest)
loader "$work/told1" "$driver/trigger_request" suitgate/1.bin &
loader "$work/told2" "$odd/into_buf" suitgate/2.bin &
loader "$work/told3" "$driver/trigger_request" suitgate/bad3.bin &
loader "$work/told4" "$odd/into_buf" suitgate/bad4.bin &
sleep 3
touch "$work/stop"
wait
is 'under load, signed' 'ok ' "$(cat "$work/told1")"
is 'under load, signed, another path' 'ok ' "$(cat "$work/told2")"
is 'under load, changed' 'EKEYREJECTED ' "$(cat "$work/told3")"
is 'under load, changed, another path' 'EKEYREJECTED ' "$(cat "$work/told4")"
is 'and so in every record' '1 delivered 2 delivered bad3 refused bad4 refused ' \
	"$(awk -v since="$before" '$1 > since {
		sub(".*/", "", $5)
		sub("[.]bin", "", $5)
		print $5, $3
	}' "$gate/decisions" | sort -u | tr '\n' ' ')"
rm "$work/stop"

# Gone while a read is under way: it waits for the read.
ask "$odd/hold" 1 > /dev/null
ask "$driver/trigger_request" suitgate/b.bin > "$work/told" &
sleep 1
rmmod suitgate &
sleep 1
is 'a read under way holds the module' yes \
	"$([ -d /sys/module/suitgate ] && echo yes)"
ask "$odd/hold" 0 > /dev/null
wait
is 'the read ends well' ok "$(cat "$work/told")"
is 'and the module is gone' no "$([ -d /sys/module/suitgate ] || echo no)"

# Four loaders while the module comes and goes.
modprobe suitgate
loader "$work/told1" "$driver/trigger_request" suitgate/1.bin &
loader "$work/told2" "$odd/into_buf" suitgate/bad2.bin &
loader "$work/told3" "$driver/trigger_async_request" suitgate/3.bin &
loader "$work/told4" "$odd/into_buf" suitgate/bad4.bin &
failed=0
for _ in 1 2 3 4 5; do
	rmmod suitgate || failed=$((failed + 1))
	modprobe suitgate || failed=$((failed + 1))
done
touch "$work/stop"
wait
is 'unloaded and loaded five times under load' 0 "$failed"
is 'no driver missed anything' 'ok ok ok ok ' "$(cat "$work"/told[1-4])"

# Fifty times. What is leaked or left behind shows up in the kernel log.
failed=0
for _ in $(seq 50); do
	rmmod suitgate || failed=$((failed + 1))
	modprobe suitgate || failed=$((failed + 1))
done
is 'unloaded and loaded fifty times' 0 "$failed"
is 'it is as new' 'ok: audited no-manifest -' \
	"$(ask "$driver/trigger_request" suitgate/1.bin): $(since 0)"
is 'no key is left behind by the ones before' 1 \
	"$(grep -c 'keyring.*\.suitgate' /proc/keys)"

# A reader holds the module.
exec 3< /dev/suitgate
is 'not unloaded while somebody reads' 1 \
	"$(rmmod suitgate 2> /dev/null; echo $?)"
exec 3<&-
is 'and when nobody does' 0 "$(rmmod suitgate; echo $?)"

ktap_finished
