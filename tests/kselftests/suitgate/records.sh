#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Who is told of a decision, and what: pages for people, kernel log, tracepoint,
# uevent, audit.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
begin 25

tracing=/sys/kernel/tracing
[ -e $tracing/trace ] || mount -t tracefs tracefs $tracing

gate_new
trust vendor vendor --prefix firmware/suitgate
file good.bin
file bad.bin
file 'no ne".bin'
vouch vendor 7 good.bin bad.bin
flip bad.bin
mode enforce

# Pages.
for page in status authorities manifests decisions; do
	is "$page: root may read it" 400 "$(stat -c %a "$gate/$page")"
done
is 'authorities' 'vendor vendor threshold 1 firmware/suitgate' \
	"$(cat "$gate/authorities")"
is 'manifests' 'vendor sequence 7 components 2' \
	"$(cut -d ' ' -f 2- "$gate/manifests")"
is 'a page is not written' 'open: EACCES' \
	"$(setpriv --bounding-set -dac_override --inh-caps -dac_override \
		"$here/ask" "$gate/status" x)"

# Each decision, in each place.
echo 1 > $tracing/events/suitgate/suitgate_decision/enable
echo > $tracing/trace
dmesg -C
request 'delivered' 'ok: delivered ok vendor' good.bin
request 'refused' 'EKEYREJECTED: refused image-mismatch vendor' bad.bin
request 'a name with a quote' 'ENOKEY: refused no-manifest -' 'no ne".bin'
echo 0 > $tracing/events/suitgate/suitgate_decision/enable

# traced NUMBER: the trace of that decision, from the name on
traced()
{
	sed -n "s/.*suitgate_decision: number=$1 //p" $tracing/trace
}
way='path=file source=loaded authority=vendor seq=7 bytes=5000'
is 'traced: delivered' \
	"name=/lib/firmware/suitgate/good.bin verdict=delivered reason=ok $way" \
	"$(traced 1)"
is 'traced: refused' "name=/lib/firmware/suitgate/bad.bin verdict=refused \
reason=image-mismatch $way" "$(traced 2)"
way='path=file source=none authority= seq=0 bytes=5000'
quoted='name=/lib/firmware/suitgate/no ne\x22.bin'
is 'traced: a name with a quote' \
	"$quoted verdict=refused reason=no-manifest $way" "$(traced 3)"
is 'the log has refusals' 'refused /lib/firmware/suitgate/bad.bin: image-mismatch by vendor
refused /lib/firmware/suitgate/no ne\x22.bin: no-manifest' \
	"$(dmesg | sed -n 's/.*suitgate: //p')"
is 'suitctl has all of them' 3 "$(suitctl events | grep -c suitgate/)"

uptime_s()
{
	cut -d . -f 1 /proc/uptime
}

# few COUNT: some, and not more than the limit
few()
{
	[ "$1" -ge 20 ] && [ "$1" -le "$most" ] && echo yes || echo "$1 of $most"
}

# uevents: one for a refusal, escaped, none for a delivery, not too many.
if udevadm control --ping > /dev/null 2>&1; then
	udevadm monitor --kernel --property --subsystem-match=misc \
		> "$work/uevents" &
	monitor=$!
	sleep 1
	ask "$driver/trigger_request" suitgate/good.bin > /dev/null
	ask "$driver/trigger_request" 'suitgate/no ne".bin' > /dev/null
	sleep 1
	is 'a refusal is a uevent' 1 \
		"$(grep -c '^SUITGATE_VERDICT=refused' "$work/uevents")"
	is 'with the name, escaped' \
		'SUITGATE_NAME=/lib/firmware/suitgate/no ne\x22.bin' \
		"$(grep ^SUITGATE_NAME= "$work/uevents")"
	is 'and the reason' SUITGATE_ERROR=no-manifest \
		"$(grep ^SUITGATE_ERROR= "$work/uevents")"
	udevadm settle
	is 'udev keeps the last one' no-manifest "$(udevadm info \
		--query property --property SUITGATE_LAST_ERROR --value \
		/dev/suitgate)"
	sleep 5
	before=$(newest) began=$(uptime_s)
	: > "$work/uevents"
	dmesg -C
	for _ in $(seq 60); do
		ask "$driver/trigger_request" suitgate/bad.bin
	done > "$work/told"
	sleep 1
	kill "$monitor"
	# 20 in 5 s, and this may have begun in the middle of 5 s
	most=$(((($(uptime_s) - began) / 5 + 2) * 20))
	is 'sixty refusals are sixty records' 60 \
		"$(($(newest) - before))"
	is 'and not as many uevents' yes \
		"$(few "$(grep -c '^SUITGATE_VERDICT=' "$work/uevents")")"
	is 'nor lines of the log' yes \
		"$(few "$(dmesg | grep -c 'refused /lib/firmware')")"
else
	for what in 1 2 3 4 5 6 7; do
		ktap_test_skip "uevent $what: needs udev"
	done
fi

# Audit, when it is on.
record='op=firmware name="/lib/firmware/suitgate/bad.bin" verdict=refused '
record=$record'reason=image-mismatch authority="vendor" seq=7 res=0'
dmesg -C
ask "$driver/trigger_request" suitgate/bad.bin > /dev/null
is 'auditing is off: no record' 0 "$(dmesg | grep -c "$record")"
"$here/audit" 1
ask "$driver/trigger_request" suitgate/bad.bin > /dev/null
ask "$driver/trigger_request" suitgate/good.bin > /dev/null
"$here/audit" 0
is 'auditing is on: a refusal is one record' 1 "$(dmesg | grep -c "$record")"
is 'a delivery is none' 0 "$(dmesg | grep 'op=firmware' | grep -c good.bin)"

ktap_finished
