#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Others who want the same functions, and those who only look.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
begin 8

tracing=/sys/kernel/tracing
mountpoint -q "$tracing" || mount -t tracefs tracefs "$tracing"

gate_new
trust vendor vendor --prefix firmware/suitgate
file a.bin
vouch vendor 1 a.bin
mode enforce

is 'ftrace cannot be switched off below it' EBUSY \
	"$(ask /proc/sys/kernel/ftrace_enabled 0)"
request 'it still works' 'ok: delivered ok vendor' a.bin

echo function_graph > "$tracing/current_tracer"
request 'with the function graph tracer on everything' \
	'ok: delivered ok vendor' a.bin
echo nop > "$tracing/current_tracer"

echo 1 > "$tracing/events/suitgate/enable"
echo > "$tracing/trace"
request 'with its tracepoint on' 'ok: delivered ok vendor' a.bin
is 'the tracepoint says what was decided' yes \
	"$(grep -q 'suitgate_decision: .*suitgate/a.bin verdict=delivered reason=ok' \
		"$tracing/trace" && echo yes)"
echo 0 > "$tracing/events/suitgate/enable"

# A livepatch of the same function: whoever comes second is told.
rmmod suitgate
if insmod "$here/test_modules/suitgate_patch.ko" 2> /dev/null; then
	is 'the function is patched: the gate does not load' refused \
		"$(modprobe suitgate 2> /dev/null || echo refused)"
	is 'and says so' yes "$(dmesg | tail -n 5 |
		grep -q 'suitgate: .*cannot' && echo yes)"
	echo 0 > /sys/kernel/livepatch/suitgate_patch/enabled
	while [ -d /sys/kernel/livepatch/suitgate_patch ]; do
		sleep 1
	done
	rmmod suitgate_patch
else
	ktap_test_skip 'the function is patched: needs livepatch'
	ktap_test_skip 'and says so'
fi
is 'afterwards it loads' ok "$(modprobe suitgate && echo ok)"
ktap_finished
