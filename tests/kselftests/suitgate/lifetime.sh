#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The module comes and goes: while drivers ask, and again and again.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
begin 8

gate_new
trust vendor vendor --prefix firmware/suitgate
file a.bin
vouch vendor 1 a.bin
mode enforce
request 'it works' 'ok: delivered ok vendor' a.bin

# four drivers ask without pause while the module leaves
load_on()
{
	while [ -e "$work/go" ]; do
		"$here/ask" "$driver/trigger_async_request" suitgate/a.bin
	done > "$work/told.$1" 2>&1
}
touch "$work/go"
for i in 1 2 3 4; do
	load_on $i &
done
sleep 1
rmmod suitgate
left=$?
sleep 1
rm "$work/go"
wait
is 'it leaves while drivers ask' 0 "$left"
is 'drivers got their firmware before and after' ok \
	"$(cat "$work"/told.* | sort -u)"
is 'nothing of it is left' '' \
	"$(ls -d "$gate" /dev/suitgate /sys/module/suitgate 2> /dev/null)"
is 'firmware goes ungated' ok "$(ask "$driver/trigger_request" suitgate/a.bin)"

i=0
while [ $i -lt 50 ]; do
	modprobe suitgate || break
	rmmod suitgate || break
	i=$((i + 1))
done
is 'it comes and goes 50 times' 50 "$i"

gate_new
trust vendor vendor --prefix firmware/suitgate
file a.bin
vouch vendor 1 a.bin
exec 3< /dev/suitgate
is 'somebody reads its records: it stays' refused \
	"$(rmmod suitgate 2> /dev/null || echo refused)"
exec 3<&-
is 'then it leaves' ok "$(rmmod suitgate && echo ok)"
modprobe suitgate
ktap_finished
