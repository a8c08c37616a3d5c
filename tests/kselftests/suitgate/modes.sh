#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# What is refused in which mode, break-glass, and the numbers that tell of it.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
begin 31

# counts: delivered, refused, audited as the status page has them
counts()
{
	sed -n 's/^delivered *//p' "$gate/status" | tr -d ,
}

status()
{
	sed -n "s/^$1  *//p" "$gate/status"
}

gate_new
file good.bin
file bad.bin
file none.bin
is 'new: setup' setup "$(status mode)"
is 'new: nobody is trusted' '0, keys 0, statement 0' "$(status authorities)"
request 'setup, nobody trusted: delivered' 'ok: audited no-manifest -' none.bin

trust vendor vendor --prefix firmware/suitgate
vouch vendor 1 good.bin bad.bin
flip bad.bin
request 'setup, signed' 'ok: delivered ok vendor' good.bin
request 'setup, flipped byte: delivered' 'ok: audited image-mismatch vendor' \
	bad.bin
is 'setup: numbers' '3 refused 0 audited 2' "$(counts)"

mode audit
is 'audit' audit "$(status mode)"
request 'audit, signed' 'ok: delivered ok vendor' good.bin
request 'audit, flipped byte: delivered' 'ok: audited image-mismatch vendor' \
	bad.bin
request 'audit, nobody signed: delivered' 'ok: audited no-manifest -' none.bin
is 'audit: numbers' '6 refused 0 audited 4' "$(counts)"

mode enforce
is 'enforce' enforce "$(status mode)"
request 'enforce, signed' 'ok: delivered ok vendor' good.bin
request 'enforce, flipped byte' 'EKEYREJECTED: refused image-mismatch vendor' \
	bad.bin
request 'enforce, nobody signed' 'ENOKEY: refused no-manifest -' none.bin
is 'enforce: numbers' '7 refused 2 audited 4' "$(counts)"

mode setup
request 'back to setup: delivered' 'ok: audited no-manifest -' none.bin
mode enforce
request 'and forth' 'ENOKEY: refused no-manifest -' none.bin
cp "$firmware/suitgate/none.bin" "$firmware/suitgate/good.bin"
request 'a file that is replaced' \
	'EKEYREJECTED: refused image-mismatch vendor' good.bin
is 'the module parameter cannot be written' 'open: EACCES' \
	"$(setpriv --bounding-set -dac_override --inh-caps -dac_override \
		"$here/ask" /sys/module/suitgate/parameters/mode audit)"
mode=$(stat -c %a /sys/module/suitgate/parameters/mode)
is 'and is readable' 444 "$mode"

# What a driver still holds is shared with the next one, whoever verified it.
mode setup
request 'setup: nobody signed, and kept by the driver' \
	'ok: audited no-manifest -' none.bin
mode enforce
before=$(newest)
told=$(ask "$driver/trigger_request" suitgate/none.bin)
is 'enforce: the driver let go of it and asks again' \
	'ENOKEY: refused no-manifest -' "$told: $(since "$before")"

rmmod suitgate
modprobe suitgate mode=audit
is 'break-glass: audit' 'audit, break-glass' "$(status mode)"
trust vendor vendor --prefix firmware/suitgate
mode enforce
is 'break-glass: enforce changes nothing' 'audit, break-glass' "$(status mode)"
request 'break-glass: delivered, and recorded' 'ok: audited no-manifest -' \
	none.bin
is 'break-glass: suitctl says so' yes \
	"$(suitctl status | grep -q -i break-glass && echo yes)"
rmmod suitgate
modprobe suitgate mode=enforce
is 'an unknown mode is none' setup "$(status mode)"
is 'and the log says so' 1 "$(dmesg | grep -c 'suitgate: mode=enforce is not known')"
rmmod suitgate
modprobe suitgate 'mode='
is 'no mode is none' setup "$(status mode)"
request 'unloaded and loaded: as new' 'ok: audited no-manifest -' none.bin

ktap_finished
