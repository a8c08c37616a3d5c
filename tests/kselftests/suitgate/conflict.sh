#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# What else wants the functions that the gate redirects.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
begin 17

none='ENOKEY: refused no-manifest -'
gate_new
file none.bin
mode enforce
request 'refused' "$none" none.bin

# Nobody takes the redirections away.
is 'ftrace is not switched off' EBUSY \
	"$(ask /proc/sys/kernel/ftrace_enabled 0)"
request 'still refused' "$none" none.bin

# A livepatch of the same function: whoever comes second is told so.
claim=kernel_read_file_from_path_initns
is 'a livepatch of a redirected function is not loaded' 1 \
	"$(odd_driver claim=$claim 2> /dev/null; echo $?)"
request 'still refused, after that' "$none" none.bin
rmmod suitgate
for claim in kernel_read_file_from_path_initns \
	security_kernel_post_load_data security_kernel_post_read_file; do
	odd_driver "claim=$claim" || die 'cannot load suitgate_test'
	dmesg -C
	modprobe suitgate > "$work/said" 2>&1
	is "$claim is livepatched: not loaded" 'Device or resource busy' \
		"$(sed -n "s/.*could not insert 'suitgate': //p" "$work/said")"
	is "$claim is livepatched: the log says so" 1 \
		"$(dmesg | grep -c "cannot intercept $claim: -16 (livepatched?)")"
	rmmod suitgate_test
done
is 'nothing is left of a load that failed' no \
	"$([ -e /dev/suitgate ] || [ -e "$gate" ] || echo no)"
is 'without them: loaded' 0 "$(modprobe suitgate; echo $?)"

# Who only watches does not disturb.
tracing=/sys/kernel/tracing
[ -e $tracing/set_ftrace_filter ] || mount -t tracefs tracefs $tracing
{
	echo kernel_read_file_from_path_initns
	echo security_kernel_post_read_file
} > $tracing/set_ftrace_filter
echo function > $tracing/current_tracer
mode enforce
request 'a function tracer on them' "$none" none.bin
echo function_graph > $tracing/current_tracer
request 'a graph tracer on them' "$none" none.bin
echo nop > $tracing/current_tracer
: > $tracing/set_ftrace_filter
echo 'r:suitgate_test kernel_read_file_from_path_initns' \
	>> $tracing/kprobe_events
echo 1 > $tracing/events/kprobes/suitgate_test/enable
request 'a probe on one of them' "$none" none.bin
echo 0 > $tracing/events/kprobes/suitgate_test/enable
echo '-:suitgate_test' >> $tracing/kprobe_events
request 'and without' "$none" none.bin

ktap_finished
