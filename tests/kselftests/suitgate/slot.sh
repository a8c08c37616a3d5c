#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Manifests for one slot, on a device that says which it runs from, and on one
# that does not.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
begin 19

good='ok: delivered ok vendor'
wrong='ENODEV: refused slot-mismatch vendor'

# in_slot NUMBER SEQUENCE NAME: a manifest for NAME that is for this slot
in_slot()
{
	cat > "$work/spec.json" <<- END
	{"manifest": {"version": 1, "sequence-number": $2,
	 "common": {"components": ["firmware/suitgate/$3"],
	  "shared-sequence": [{"directive-override-parameters": {
	   "component-slot": $1,
	   "image-digest": {"file": "$firmware/suitgate/$3"}}}]},
	 "validate": [{"condition-component-slot": 15},
	  {"condition-image-match": 15}]}}
	END
	suitctl create --from "$work/spec.json" -k "$work/vendor.pem" \
		-o "$work/$3.suit" > "$work/said" 2>&1 ||
		die "$(cat "$work/said")"
	load "$work/$3.suit"
}

gate_new
trust vendor vendor --prefix firmware/suitgate
mode enforce
for slot in 0 1 2 255 256 257; do
	file "slot$slot.bin"
	is "for slot $slot: loaded" ok "$(in_slot $slot 1 "slot$slot.bin")"
done

# Who says nothing has one slot, number 0.
request 'no slot is set: one for slot 0' "$good" slot0.bin
request 'no slot is set: one for slot 1' "$wrong" slot1.bin

is 'slot 1 is set' ok "$("$here/call" slot 1)"
request 'slot 1 is set: one for it' "$good" slot1.bin
request 'slot 1 is set: one for slot 0' "$wrong" slot0.bin
request 'slot 1 is set: one for slot 2' "$wrong" slot2.bin
request 'slot 1 is set: one for slot 257' "$wrong" slot257.bin
file slot1.bin 'other bytes'
request 'its slot, other bytes' 'EKEYREJECTED: refused image-mismatch vendor' \
	slot1.bin
is 'slot 255 as well' ok "$("$here/call" slot 255)"
request 'two are set: one for slot 255' "$good" slot255.bin
request 'two are set: one for slot 0' "$wrong" slot0.bin
is 'slot 0 as well' ok "$("$here/call" slot 0)"
request 'three are set: one for slot 256' "$wrong" slot256.bin

ktap_finished
