#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Making envelopes: from options, from JSON; signing. Sourced by run.

suitctl keygen --alg esp256 -o acme.pem > /dev/null
suitctl keygen --alg es384 -o second.pem > /dev/null
head -c 40000 /dev/urandom > radio.fw

# create [OPTION...]: a release of radio.fw
create()
{
	suitctl create --component firmware/acme/radio.fw --payload radio.fw \
		--vendor acme.example --class gateway-2 --seq 7 "$@"
}

try 0 'radio.suit: ' 'create' create --version 1.2.0 --uri https://acme.example/r \
	-k acme.pem -o radio.suit
is 'create names the manifest' grep -q "$(digest radio.suit)" out
try 0 ': good' 'verify it' suitctl verify --trust acme.pub --payload radio.fw \
	--vendor acme.example --class gateway-2 radio.suit

try 0 '{' 'create --json' create -k acme.pem -o j.suit --json
is 'create --json: facts' json out "v['file'] == 'j.suit' and v['signed'] and
	v['digest'].startswith('sha-256:') and
	v['bytes'] == $(stat -c %s j.suit)"

try 0 'NOT signed' 'create without a key' create -o bare.suit
is 'and says what to do' grep -q 'suitctl sign -k KEY.pem bare.suit' err
try 1 '[unsigned]' 'nobody believes that' suitctl verify --trust acme.pub bare.suit
chmod 640 bare.suit
try 0 'bare.suit: ' 'sign in place' suitctl sign -k acme.pem bare.suit
is 'its mode stays' test "$(stat -c %a bare.suit)" = 640
try 0 ': good' 'now it is believed' \
	suitctl verify --trust acme.pub --payload radio.fw bare.suit
cp bare.suit one.suit
ln -s bare.suit link.suit
try 0 '"signed":true' 'sign through a link, --json' \
	suitctl sign -k second.pem --json link.suit
is 'the link is still a link' test -L link.suit
try 0 ': good' 'two signatures: the first is good' \
	suitctl verify --trust acme.pub bare.suit
try 0 ': good' 'and the second' suitctl verify --trust second.pub bare.suit
try 2 'has signed this already' 'sign twice with one key' \
	suitctl sign -k second.pem bare.suit
try 0 'two.suit: ' 'sign -o' suitctl sign -k second.pem one.suit -o two.suit
try 1 '[no-trusted-key]' 'sign -o leaves the original' \
	suitctl verify --trust second.pub one.suit

create -k acme.pem -o - > piped.suit 2> err
is 'create -o - writes to a pipe' suitctl verify --trust acme.pub piped.suit
is 'create -o - says so elsewhere' grep -q '^-: ' err
try 0 ': good' 'verify -' sh -c 'suitctl verify --trust acme.pub - < piped.suit'
try 0 '"manifest"' 'show --json -' sh -c 'suitctl show --json - < piped.suit'
suitctl sign -k second.pem - -o - < piped.suit > piped2.suit 2> err
is 'sign - -o -' suitctl verify --trust second.pub piped2.suit
script -qec 'suitctl create --component firmware/x --payload radio.fw --seq 1 \
	-o - 2> err' /dev/null > out
is 'no envelope on a terminal' test $? = 2
is 'and says so' grep -q 'standard output is a terminal' err

# What show prints is what create takes.
try 0 'firmware/acme/radio.fw' 'show' suitctl show radio.suit
suitctl show --json radio.suit > spec.json
is 'show --json is JSON' json spec.json "v['manifest']"
try 0 'again.suit: ' 'create --from' \
	suitctl create --from spec.json -k acme.pem -o again.suit
suitctl show --json again.suit > again.json
is 'the same manifest comes back' test \
	"$(digest again.suit)" = "$(digest radio.suit)"
is 'signed again, and good' suitctl verify --trust acme.pub --payload radio.fw again.suit
suitctl create --from spec.json -o kept.suit > out 2> err
is 'a description keeps its signature, and is not told to get one' \
	sh -c 'grep -q ", signed$" out && ! test -s err'
try 0 '"signed":true' 'create --from --json says so' \
	suitctl create --from spec.json -o kept.suit --json
python3 -c 'import json
v = json.load(open("spec.json"))
del v["authentication"]
json.dump(v, open("unsigned.json", "w"))'
try 0 'NOT signed' 'one without a signature is not signed' \
	suitctl create --from unsigned.json -o kept.suit
is 'the version is for devices too' json spec.json \
	"v['manifest']['set-version'] == '1.2.0'"
try 0 'again.suit: ' 'create --from -' \
	sh -c 'suitctl create --from - -o again.suit < spec.json'
create --integrated -k acme.pem -o inside.suit > out
suitctl show --json inside.suit > inside.json
suitctl create --from inside.json -k acme.pem -o again.suit > out
try 0 ': good' 'an integrated payload comes back' suitctl verify \
	--trust acme.pub --component firmware/acme/radio.fw again.suit

# What would clear the screen, in old ways and in new ones, or turn the text.
evil=$(printf '1\033[2J\302\2332J\342\200\2562')
create --version "$evil" -k acme.pem -o evil.suit > /dev/null
try 0 'component-version' 'show of text that drives a terminal' suitctl show evil.suit
# shellcheck disable=SC2016 # expands in the other shell
is 'it does not get there' sh -c '! grep -q "$(printf "$0")" out' \
	'\033\|\302\233\|\342\200\256'
try 0 '1\u001b[2J\u009b2J\u202e2' 'show --json of it' suitctl show --json evil.suit
suitctl show --json evil.suit > evil.json
suitctl create --from evil.json -o evil2.suit > /dev/null 2>&1
is 'and it comes back' test "$(digest evil2.suit)" = "$(digest evil.suit)"

printf '{"manifest": {]' > bad.json
try 2 'bad.json:1:' 'what is no JSON, with line and column' \
	suitctl create --from bad.json -o bad.suit
printf '{}\0{}' > bad.json
try 2 'this is no JSON' 'a NUL in JSON' suitctl create --from bad.json -o bad.suit
: > bad.json
try 2 'this is no JSON' 'an empty file' suitctl create --from bad.json -o bad.suit
printf '[]' > bad.json
try 2 'suitctl: ' 'JSON that is no envelope' \
	suitctl create --from bad.json -o bad.suit
try 2 'cannot open none.json' 'a file that is not there' \
	suitctl create --from none.json -o bad.suit
try 2 'not a component' 'a component without a type' suitctl create \
	--component radio.fw --payload radio.fw --seq 1 -o bad.suit
try 2 'not a component' 'a component that leaves its folder' suitctl create \
	--component firmware/../radio.fw --payload radio.fw --seq 1 -o bad.suit
try 2 'not a number' 'a sequence number that is none' create --seq -1 -o bad.suit
try 2 'not a number' 'a sequence number beyond 64 bits' \
	create --seq 18446744073709551616 -o bad.suit
try 0 'max.suit: ' 'the greatest sequence number' \
	create --seq 18446744073709551615 -k acme.pem -o max.suit
try 0 '18446744073709551615' 'it is verified as it is' \
	suitctl verify --trust acme.pub max.suit
try 2 'whose' 'a class by name without a vendor' suitctl create --component \
	firmware/x --payload radio.fw --seq 1 --class c -o bad.suit
try 2 'cannot open none.fw' 'a payload that is not there' suitctl create \
	--component firmware/x --payload none.fw --seq 1 -o bad.suit
is 'nothing bad was written' test ! -e bad.suit
