#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Taking severed members out, putting payloads in: no signature minds. Sourced
# by run.

suitctl keygen --alg esp256 -o acme.pem > /dev/null
echo radio > radio.fw
echo something else > other.fw
cat > spec.json <<-'END'
	{ "manifest": { "version": 1, "sequence-number": 3,
	  "common": { "components": ["firmware/acme/radio.fw"],
	    "shared-sequence": [ { "directive-override-parameters": {
	      "image-digest": { "file": "radio.fw" },
	      "image-size": { "file": "radio.fw" } } } ] },
	  "validate": ["condition-image-match"],
	  "install": { "severed": true, "value": [
	    { "directive-override-parameters": { "uri": "#radio" } },
	    "directive-fetch", "condition-image-match" ] },
	  "text": { "severed": true, "value":
	    { "en": { "manifest-description": "Radio" } } } } }
END
suitctl create --from spec.json -k acme.pem -o radio.suit > out 2> err ||
	cat out err

try 0 'small.suit: ' 'sever one member' \
	suitctl sever radio.suit text -o small.suit
try 0 ': good' 'its signature is good' suitctl verify --trust acme.pub small.suit
suitctl show --json small.suit > small.json
is 'text is gone, install is there' json small.json \
	"'value' not in v['manifest']['text'] and 'value' in v['manifest']['install']"
is 'the manifest is the same' test "$(digest radio.suit)" = "$(digest small.suit)"
try 2 'no severed member text' 'sever it again' \
	suitctl sever small.suit text -o none.suit
is 'nothing was written' test ! -e none.suit
try 2 'is not a member that can be severed' 'sever what cannot be' \
	suitctl sever radio.suit validate -o none.suit
try 0 'least.suit: ' 'sever all' suitctl sever radio.suit -o least.suit
try 2 'has no severed members' 'sever what has none' suitctl sever least.suit
try 0 ': good' 'that is still signed' suitctl verify --trust acme.pub least.suit
try 1 '[cbor-wrong-type]' 'sever junk' suitctl sever radio.fw -o none.suit

try 0 'full.suit: ' 'merge a payload' \
	suitctl merge radio.suit '#radio=radio.fw' -o full.suit
try 0 ': good' 'its signature is good, and the payload fits' \
	suitctl verify --trust acme.pub --component firmware/acme/radio.fw full.suit
try 2 'has a payload "#radio" already' 'merge it again' \
	suitctl merge full.suit '#radio=radio.fw'
try 2 'nothing in the manifest fetches "#other"' 'merge what nobody fetches' \
	suitctl merge radio.suit '#other=radio.fw' -o none.suit
try 0 '"file":"wrong.suit"' 'merge the wrong bytes' \
	suitctl merge radio.suit '#radio=other.fw' -o wrong.suit --json
try 1 '[image-' 'they are refused by their digest' \
	suitctl verify --trust acme.pub --component firmware/acme/radio.fw wrong.suit
try 2 'is not URI=FILE' 'merge without a URI' suitctl merge radio.suit radio.fw
is 'no failure wrote anything' test ! -e none.suit
