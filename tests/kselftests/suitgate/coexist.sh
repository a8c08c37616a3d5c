#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# What else may sit on the loader's functions, or beside: tracers, BPF programs,
# a livepatch of another function. The gate goes on, and so do they, whoever came
# first.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
begin 26

good='ok: delivered ok vendor'
none='ENOKEY: refused no-manifest -'
tracing=/sys/kernel/tracing
patch=/sys/kernel/livepatch/suitgate_livepatch

# gate_ready: a gate with one signed file
gate_ready()
{
	gate_new
	trust vendor vendor --prefix firmware/suitgate
	file good.bin
	file none.bin
	vouch vendor 1 good.bin
	mode enforce
}

# both DESCRIPTION: the gate does what it is for
both()
{
	request "$1: signed" "$good" good.bin
	request "$1: nobody signed" "$none" none.bin
}

graph()
{
	{
		echo '*request_firmware*'
		echo 'kernel_read_file*'
		echo 'security_kernel_*'
	} > $tracing/set_ftrace_filter
	echo function_graph > $tracing/current_tracer
}

graph_end()
{
	echo nop > $tracing/current_tracer
	: > $tracing/set_ftrace_filter
}

# traced: did the tracer see the loader?
traced()
{
	grep -c -m 1 'kernel_read_file_from_path_initns' $tracing/trace
}

[ -e $tracing/set_ftrace_filter ] || mount -t tracefs tracefs $tracing
gate_ready
graph
both 'a graph tracer came second'
is 'a graph tracer came second: it sees the loader' 1 "$(traced)"
gate_ready
both 'a graph tracer came first'
is 'a graph tracer came first: it sees the loader' 1 "$(traced)"
graph_end

# bpf KIND FUNCTION VALUE: attached until bpf_end; how that went is in "told"
bpf()
{
	mkfifo "$work/hold"
	"$here/bpf" "$@" < "$work/hold" > "$work/bpf" &
	exec 4> "$work/hold"
	for _ in $(seq 100); do
		[ ! -s "$work/bpf" ] || break
		sleep 0.1
	done
	told=$(cat "$work/bpf")
}

bpf_end()
{
	exec 4>&-
	wait
	rm "$work/hold"
}

gate_ready
for way in "fentry kernel_read_file_from_path_initns" \
	"fmod_ret security_kernel_post_read_file"; do
	# shellcheck disable=SC2086 # two words
	bpf $way 0
	is "BPF $way came second" attached "$told"
	both "BPF $way came second"
	bpf_end
done

# what a BPF program refuses is refused
bpf fmod_ret security_kernel_post_read_file -1
is 'BPF fmod_ret refuses: EPERM for signed bytes' EPERM \
	"$(ask "$driver/trigger_request" suitgate/good.bin)"
bpf_end
both 'without it'

bpf fmod_ret security_kernel_post_read_file 0
gate_ready
both 'BPF fmod_ret came first'
bpf_end

# patched: wait until the livepatch is there, for everybody
patched()
{
	for _ in $(seq 600); do
		[ "$(cat $patch/transition 2> /dev/null)" != 0 ] || break
		sleep 0.1
	done
	cat /proc/cmdline
}

[ -e "$here/test_modules/suitgate_livepatch.ko" ] || {
	for _ in $(seq 9); do
		ktap_test_skip 'a livepatch elsewhere: this kernel has no livepatches'
	done
	ktap_finished
}
insmod "$here/test_modules/suitgate_livepatch.ko"
is 'a livepatch elsewhere came second' livepatched "$(patched)"
both 'a livepatch elsewhere came second'
gate_ready
both 'a livepatch elsewhere came first'
is 'and it is still there' livepatched "$(patched)"
echo 0 > $patch/enabled
for _ in $(seq 600); do
	[ -e $patch ] || break
	sleep 0.1
done
is 'the livepatch goes' 0 "$(rmmod suitgate_livepatch; echo $?)"
both 'and it is gone'

ktap_finished
