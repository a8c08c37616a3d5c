#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The published examples, with the published key. Sourced by run.

vectors=${tree:?}/tests/vectors
# The key as a COSE_Key with its algorithm, ES256; the published one has none.
key=$vectors/keys/suit-example-p256.pub.cosekey.cbor
{ printf '\245\001\002\003\046'; tail -c +4 "$key"; } > example.pub
suitctl keygen --alg esp256 -o stranger.pem > /dev/null

for file in "$vectors"/manifest/*.suit; do
	name=$(basename "$file" .suit)
	case $name in
	*-unsigned*)
		try 1 '[unsigned]' "$name" suitctl verify --trust example.pub "$file"
		;;
	*)
		try 0 ': good' "$name" suitctl verify --trust example.pub "$file"
		try 1 '[no-trusted-key]' "$name, to a stranger" \
			suitctl verify --trust stranger.pub "$file"
		;;
	esac
	try 0 'sequence' "show $name" suitctl show "$file"
	try 0 '"manifest"' "show --json $name" suitctl show --json "$file"
	cp out spec.json
	try 0 'again.suit: ' "create --from what shows $name" \
		suitctl create --from spec.json -o again.suit
	is "$name comes back" test "$(digest again.suit)" = "$(digest "$file")"
done
while read -r draft file; do
	try 1 "follows $draft or older" "an old draft is named: $draft" \
		suitctl verify --trust example.pub "$vectors/legacy/$file.suit"
done <<- END
	draft-ietf-suit-manifest-05 manifest-example1-2020-05-26-05
	draft-ietf-suit-manifest-16 manifest-example1-2021-07-12-14
	draft-ietf-suit-manifest-27 manifest-example1-2022-10-06-20
END
try 1 '[signature-invalid]' 'a flipped bit in the signature' suitctl verify \
	--trust example.pub "$vectors/derived/bad-signature-bitflip.suit"
try 1 '[manifest-digest-mismatch]' 'a flipped bit in the manifest' suitctl verify \
	--trust example.pub "$vectors/derived/bad-manifest-bitflip.suit"
