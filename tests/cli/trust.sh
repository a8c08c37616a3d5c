#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The trust store, without a gate. Sourced by run.

suitctl keygen --alg esp256 -o acme.pem > /dev/null
suitctl keygen --alg es384 -o root.pem > /dev/null
echo radio > radio.fw
suitctl create --component firmware/acme/radio.fw --payload radio.fw --seq 7 \
	-k acme.pem -o x.suit > /dev/null
store='--store store --offline'

# shellcheck disable=SC2086 # two options
{
	try 0 'store/root.trust: statement 1' 'trust add' suitctl trust add $store \
		--authority root --role root root.pub
	try 0 'statement 2' 'and another' suitctl trust add $store \
		--authority acme --role vendor --prefix firmware/acme \
		--dependency firmware/chip --dependency upload acme.pub
	try 2 'leave the dependencies' 'a dependency of a root' \
		suitctl trust add $store --authority b --role root \
		--dependency firmware root.pub
	try 0 'statement 3' 'trust retire' suitctl trust retire $store acme --last 7
	try 0 'statement 4' 'trust revoke-key' suitctl trust revoke-key $store acme.pub
	try 0 'statement 5' 'trust revoke-digest' \
		suitctl trust revoke-digest $store x.suit
	try 2 '--last belongs to retire' 'trust add --last' suitctl trust add $store \
		--authority b --role vendor --prefix firmware --last 1 acme.pub
	try 2 'expected root, vendor or baseline' 'a role that does not exist' \
		suitctl trust add $store --authority b --role king acme.pub
	try 2 '--authority is missing' 'trust add of nobody' \
		suitctl trust add $store acme.pub
	try 2 'not a number' 'a threshold that is no number' suitctl trust add \
		$store --authority b --role vendor --threshold x acme.pub
	try 2 'trust anybody' 'a threshold of 0' suitctl trust add $store \
		--authority b --role vendor --threshold 0 acme.pub
	try 1 '[key-malformed]' 'a private key as public one' suitctl trust add \
		$store --authority b --role vendor --prefix firmware acme.pem
}
try 0 'speaks for firmware/acme' 'trust list' suitctl trust list --store store
is 'and on what its manifests may depend' \
	grep -q '^    may depend on firmware/chip$' out
suitctl trust list --json --store store > listing
is 'trust list --json: five statements' json listing \
	"[s['sequence'] for s in v] == [1, 2, 3, 4, 5] and
	[s['changes'][0]['change'] for s in v] ==
	['add', 'add', 'retire', 'revoke-key', 'revoke-digest']"
is 'trust list --json: dependencies' json listing \
	"[s['changes'][0]['dependencies'] for s in v[:2]] ==
	[[], ['firmware/chip', 'upload']]"
try 0 'update.trust: statement 9, 1 changes, 1 signatures' 'trust make' \
	suitctl trust make -o update.trust --sign root.pem --sequence 9 \
	--retire acme:41
try 0 '1 signatures (not verified here)' 'trust list of a file' \
	suitctl trust list update.trust
try 2 'where to?' 'trust make without -o' suitctl trust make --retire acme
try 2 'no such verb' 'a verb that does not exist' suitctl trust believe
try 2 'Try: suitctl trust --help' 'no verb' suitctl trust
