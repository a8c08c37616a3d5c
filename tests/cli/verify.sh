#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Verdicts, each refusal with its code. Sourced by run.

for name in acme other; do
	suitctl keygen --alg esp256 -o $name.pem > /dev/null
done
suitctl keygen --alg es256 -o es256.pem > /dev/null
head -c 20000 /dev/urandom > radio.fw
flip radio.fw 10000 > flipped.fw
head -c 19999 radio.fw > short.fw
suitctl create --component firmware/acme/radio.fw --payload radio.fw \
	--vendor acme.example --class gateway-2 --seq 7 --integrated \
	-k acme.pem -o x.suit > /dev/null
digest=$(digest x.suit)
thumbprint=$(suitctl trust make --authority a --role vendor --prefix firmware \
	-o a.trust acme.pub > /dev/null && suitctl trust list a.trust |
	awk '$1 == "key" { print $2 }')

try 0 'x.suit: good' 'verify' suitctl verify --trust acme.pub x.suit
is 'verify says who signed' grep -q "esp256 key $thumbprint" out
is 'verify says the sequence number' grep -qE '^  sequence +7$' out
is 'verify says the digest' grep -q "$digest" out
is 'verify says what it did not check: bytes' grep -q -- '(--payload FILE)' out
is 'verify says what it did not check: identity' grep -q -- '(--vendor V' out
is 'verify says what it did not check: floors' grep -q 'Only a gate knows' out
try 0 'would be delivered' 'verify with bytes' \
	suitctl verify --trust acme.pub --payload radio.fw x.suit
is 'verify does not repeat what it checked' test -z "$(grep -- --payload out)"
try 0 'would be delivered' 'verify with the bytes in the envelope' \
	suitctl verify --trust acme.pub --component firmware/acme/radio.fw x.suit
try 0 'vendor and class of the gateway' 'verify with an identity' \
	suitctl verify --trust acme.pub --payload radio.fw --vendor acme.example \
	--class gateway-2 x.suit
is 'identity is no more unchecked' test -z "$(grep -- --vendor out)"
try 0 '{' 'verify --json' suitctl verify --trust acme.pub --payload radio.fw \
	x.suit --json
is 'verify --json: facts' json out "v['good'] and v['error'] == 'ok' and
	v['authentic'] and v['wellFormed'] and v['payloadChecked'] and
	not v['identityChecked'] and not v['floorChecked'] and
	v['sequenceNumber'] == 7 and v['components'] == 1 and
	not v['catalogue'] and v['digest'] == '$digest' and
	v['signers'][0]['alg'] == 'esp256' and
	v['signers'][0]['thumbprint'] == '$thumbprint'"

# refuse CODE TEXT ARGUMENT...: exit 1, with the code, on both ways.
refuse()
{
	code=$1 what=$2
	shift 2
	try 1 "[$code]" "refused: $what" suitctl verify "$@"
	is "$what: says so first" grep -q ': REFUSED$' out
	is "$what: says what to do" grep -q '^  what to do: ' err
	try 1 '' "refused: $what, --json" suitctl verify --json "$@"
	is "$what: nothing else is said" test ! -s err
	is "$what: facts" json out "not v['good'] and v['error'] == '$code' and
		v['meaning'] and v['action'] and '[$code]' in v['message']"
}

bytes="--trust acme.pub --payload"
# shellcheck disable=SC2086 # two arguments
{
	refuse no-trusted-key 'a key for another algorithm' --trust es256.pub x.suit
	refuse signature-invalid 'another key' --trust other.pub x.suit
	refuse image-mismatch 'a flipped bit in the file' $bytes flipped.fw x.suit
	refuse image-size-mismatch 'a file cut short' $bytes short.fw x.suit
	refuse component-not-in-manifest 'another name' $bytes radio.fw \
		--component firmware/acme/other.fw x.suit
	refuse vendor-mismatch 'another vendor' $bytes radio.fw \
		--vendor other.example --class gateway-2 x.suit
	refuse class-mismatch 'another class' $bytes radio.fw \
		--vendor acme.example --class gateway-3 x.suit
}
is 'a flipped bit: what was good before is said' sh -c 'suitctl verify \
	--trust acme.pub --payload flipped.fw x.suit 2> err |
	grep -q "checked  *signature"'

suitctl create --component firmware/acme/radio.fw --payload radio.fw --seq 7 \
	-o bare.suit > /dev/null 2>&1
refuse unsigned 'no signature' --trust acme.pub bare.suit
suitctl sign -k acme.pem bare.suit -o y.suit > /dev/null
flip y.suit -1 > changed.suit
refuse manifest-digest-mismatch 'a flipped bit in the manifest' \
	--trust acme.pub changed.suit
{ cat y.suit; printf '\0'; } > trailing.suit
refuse cbor-trailing-bytes 'one byte more' --trust acme.pub trailing.suit
head -c -1 y.suit > cut.suit
refuse cbor-truncated 'one byte less' --trust acme.pub cut.suit
: > empty.suit
refuse envelope-empty 'no bytes' --trust acme.pub empty.suit

# Trust statements.
suitctl trust make -o elsewhere.trust --authority acme --role vendor \
	--prefix firmware/other acme.pub > /dev/null
refuse authority-not-entitled 'trusted for another folder' \
	--trust elsewhere.trust x.suit
suitctl trust make -o acme.trust --authority acme --role vendor \
	--prefix firmware/acme acme.pub > /dev/null
try 0 'acme, esp256 key' 'trusted for this folder' \
	suitctl verify --trust acme.trust --payload radio.fw x.suit
suitctl trust make -o both.trust --authority both --role vendor \
	--prefix firmware --threshold 2 acme.pub other.pub > /dev/null
refuse too-few-signatures 'one of two' --trust both.trust y.suit
suitctl sign -k other.pem y.suit -o two.suit > /dev/null
try 0 ': good' 'two of two' suitctl verify --trust both.trust two.suit
is 'both are named' test "$(grep -c 'signed by' out)" = 2
name=$(printf 'a\033[2Jb')
cp x.suit "$name.suit"
try 0 'a\x1b[2Jb.suit: good' 'a file whose name clears the screen' \
	suitctl verify --trust acme.pub "$name.suit"
try 2 'cannot open a\x1b[2Jb' 'one that is not there' \
	suitctl verify --trust acme.pub "$name"
name=$(printf 'a\342\200\256b')
suitctl trust make -o turned.trust --authority "$name" --role vendor \
	--prefix firmware acme.pub > /dev/null
try 0 'by    a\xe2\x80\xaeb' 'an authority that turns the text' \
	suitctl verify --trust turned.trust x.suit
try 0 'a\xe2\x80\xaeb (vendor)' 'in trust list too' suitctl trust list turned.trust
try 0 'a\u202eb' 'and in its JSON' suitctl trust list --json turned.trust

try 2 'cannot open none.suit' 'no such envelope' \
	suitctl verify --trust acme.pub none.suit
try 2 'cannot open none.pub' 'no such key' suitctl verify --trust none.pub x.suit
try 2 'cannot open none.fw' 'no such payload' \
	suitctl verify --trust acme.pub --payload none.fw x.suit
try 2 'not a regular file' 'a folder' suitctl verify --trust acme.pub .
try 2 'expected one envelope' 'two envelopes' \
	suitctl verify --trust acme.pub x.suit y.suit
