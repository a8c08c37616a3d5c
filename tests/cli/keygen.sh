#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Keys. Sourced by run.

for alg in esp256 es256 esp384 es384 ed25519; do
	try 0 'suitctl trust add' "keygen --alg $alg says what is next" \
		suitctl keygen --alg $alg -o $alg.pem
	is "$alg.pem is secret" test "$(stat -c %a $alg.pem)" = 600
	is "$alg.pub is public" test "$(stat -c %a $alg.pub)" = 644
	is "OpenSSL reads $alg.pem" openssl pkey -in $alg.pem -noout
	thumbprint=$(awk '$1 == "thumbprint" { print $2 }' out)
	suitctl trust add --authority a --role vendor --prefix firmware \
		--store store --offline $alg.pub > /dev/null
	suitctl trust list --json --store store > listing
	is "$alg.pub is believed, by its thumbprint" json listing \
		"v[0]['changes'][0]['keys'] == [{'thumbprint': '$thumbprint', 'alg': '$alg', 'x509': False}]"
	rm -r store
done
suitctl keygen --alg ed25519 -o note.pem 2> err > out
is 'the kernel does not verify ed25519' grep -q 'the kernel does not verify' err

try 0 '{' 'keygen --json' suitctl keygen --alg ESP256 -o json.pem --json
is 'keygen --json: facts' json out "v['alg'] == 'esp256' and
	v['privateKey'] == 'json.pem' and v['publicKey'] == 'json.pub' and
	len(v['thumbprint']) == 64"

cp esp256.pem before
cp esp256.pub before.pub
try 2 'esp256.p' 'a key is not replaced' suitctl keygen --alg esp256 -o esp256.pem
is 'a key is not touched' cmp esp256.pem before
try 0 'esp256.pem' 'keygen --force replaces it' \
	suitctl keygen --alg esp256 -o esp256.pem --force
is 'it is another key' test ! "$(cmp esp256.pem before)" = ''
is 'and another public key' test ! "$(cmp esp256.pub before.pub)" = ''
rm esp384.pem
try 2 'esp384.pub' 'a public key alone is not replaced' \
	suitctl keygen --alg esp256 -o esp384.pem
is 'no private key is left' test ! -e esp384.pem

try 2 'rsa' 'an algorithm that does not exist' suitctl keygen --alg rsa -o r.pem
try 2 'nowhere' 'a folder that does not exist' \
	suitctl keygen --alg esp256 -o nowhere/r.pem
is 'nothing is left' test -z "$(ls -d r.* nowhere 2> /dev/null)"
