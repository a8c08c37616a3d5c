#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Signing what is on the disk. Sourced by run.

suitctl keygen --alg esp256 -o base.pem > /dev/null

# A small tree with everything that is special.
mkdir -p fw/acme/deep fw/empty fw/.suitgate outside
echo staged > fw/.suitgate/staged.new
echo one > fw/acme/one.fw
echo two > 'fw/acme/two, with + and spaces.fw'
echo packed > fw/acme/three.fw.zst
echo linked > outside/real.fw
ln -s ../outside/real.fw fw/linked.fw
ln -s one.fw fw/acme/alias.fw
ln -s acme fw/other
ln -s .. fw/acme/deep/loop
ln -s nowhere fw/dangling.fw
mkfifo fw/pipe
echo sidecar > fw/acme/one.fw.suit
name=$(printf 'odd\033[31m\377.fw')
echo odd > "fw/$name"

try 0 'fw.suit: ' 'bless' suitctl bless fw -k base.pem --seq 5 -o fw.suit
is 'bless counts' grep -qE 'blessed +10 names of 5 files, ' out
is 'bless says what it left out' grep -qE 'left out +4 names' out
try 0 '' 'bless -v' suitctl bless -v fw -k base.pem -o fw.suit
is 'bless -v: a dangling link' grep -q 'left out: dangling.fw: ' err
is 'bless -v: a pipe' grep -q 'left out: pipe: ' err
is 'bless -v: a loop' grep -q 'left out: acme/deep/loop: ' err
is 'bless -v: a sidecar is no firmware' test -z "$(grep one.fw err)"
is 'the sequence number is the time' test \
	"$(($(date +%s) - $(awk '$1 == "sequence" { print $2 }' out)))" -lt 60
try 0 '{' 'bless --json' suitctl bless --json fw -k base.pem --seq 5 -o fw.suit
is 'bless --json: facts' json out "v['names'] == 10 and v['files'] == 5 and
	v['sequenceNumber'] == 5 and not v['catalogue'] and v['signed'] and
	len(v['skipped']) == 4 and all(s['why'] for s in v['skipped'])"

for name in acme/one.fw acme/alias.fw other/one.fw linked.fw acme/three.fw.zst \
	'acme/two, with + and spaces.fw'; do
	try 0 'good' "blessed: $name" suitctl verify --trust base.pub \
		--component "firmware/$name" --payload "fw/$name" fw.suit
done
try 1 '[image-mismatch]' 'blessed, but of another file' suitctl verify \
	--trust base.pub --component firmware/acme/one.fw \
	--payload 'fw/acme/two, with + and spaces.fw' fw.suit
try 1 '[component-not-in-manifest]' 'a sidecar is not blessed' suitctl verify \
	--trust base.pub --component firmware/acme/one.fw.suit \
	--payload fw/acme/one.fw.suit fw.suit

try 2 'has no firmware' 'bless of an empty folder' \
	suitctl bless fw/empty -k base.pem -o no.suit
try 2 'not a folder' 'bless of a file' suitctl bless fw/acme/one.fw -o no.suit
try 2 'cannot look at none' 'bless of nothing' suitctl bless none -o no.suit
try 2 'not a number' 'bless --seq x' suitctl bless fw --seq x -o no.suit
try 2 'none.pem' 'bless with no such key' suitctl bless fw -k none.pem -o no.suit
is 'nothing was written' test ! -e no.suit
try 0 'NOT signed' 'bless without a key' suitctl bless fw -o bare.suit

# A package: what it put there, and what leads to it.
mkdir bin
cat > bin/dpkg-query << 'END'
#!/bin/sh
[ "$*" = "-L -- firmware-acme" ] || { echo "no package $3" >&2; exit 1; }
echo "$LIST"
END
chmod +x bin/dpkg-query
firmware=${work:?}/fw
LIST="/.
$firmware
$firmware/acme
$firmware/acme/one.fw
package diverts others to: $firmware/acme/one.fw.moved
$firmware/dangling.fw
$firmware/acme/three.fw.zst
diverted by other to: $firmware/acme/elsewhere.zst
/usr/share/doc/firmware-acme/copyright"
export LIST
plain=$PATH
PATH=$work/bin:$PATH
try 0 '{' 'bless --package' suitctl bless --package firmware-acme fw \
	-k base.pem -o package.suit --json
is 'a package: its names, and names that lead to them' json out \
	"v['names'] == 4 and v['files'] == 1 and
	[s['name'] for s in v['skipped']] == ['dangling.fw']"
for name in acme/one.fw acme/alias.fw other/one.fw other/alias.fw; do
	try 0 'good' "blessed by package: $name" suitctl verify --trust base.pub \
		--component "firmware/$name" --payload "fw/$name" package.suit
done
try 1 '[component-not-in-manifest]' "another's file was not blessed" \
	suitctl verify --trust base.pub --component firmware/acme/three.fw.zst \
	--payload fw/acme/three.fw.zst package.suit
LIST="/usr/bin/x"
try 2 'has no firmware below' 'a package without firmware' \
	suitctl bless --package firmware-acme fw -o no.suit
try 2 'is it installed?' 'a package that is not installed' \
	suitctl bless --package firmware-other fw -o no.suit
# shellcheck disable=SC2016 # that is the point
try 2 'not the name of a Debian package' 'what is no name of a package' \
	suitctl bless --package '$(touch pwned)' fw -o no.suit
try 2 'not the name of a Debian package' 'an option as name of a package' \
	suitctl bless --package --admindir=x fw -o no.suit
PATH=$plain
unset LIST
try 2 'has no firmware below' 'a real package, with the real dpkg-query' \
	suitctl bless --package dpkg fw -o no.suit
is 'no package wrote anything' test -z "$(ls no.suit pwned 2> /dev/null)"

# Many.
mkdir many
python3 -c 'for i in range(3000):
	open(f"many/file-{i}.fw", "wb").write(b"%d " % i * 500)'
before=$(date +%s%N)
try 0 'many.suit: ' 'bless of 3000 files' suitctl bless many -k base.pem -o many.suit
echo "# 3000 files in $((($(date +%s%N) - before) / 1000000)) ms"
is 'they are all in it' grep -qE 'blessed +3000 names of 3000 files, ' out
suitctl show --json many.suit > many.json
is 'with their digests' python3 -c 'import hashlib, json
text = open("many.json").read()
for i in range(3000):
	data = open(f"many/file-{i}.fw", "rb").read()
	assert hashlib.sha256(data).hexdigest() in text, i
	assert f"file-{i}.fw" in text, i'
for i in 0 1499 2999; do
	try 0 'a catalogue' "file-$i.fw is blessed" suitctl verify --trust base.pub \
		--component firmware/file-$i.fw --payload many/file-$i.fw many.suit
done
try 1 '[image-mismatch]' 'and none for another' suitctl verify --trust base.pub \
	--component firmware/file-1000.fw --payload many/file-1001.fw many.suit

script -qec 'suitctl bless many -k base.pem -o many.suit' /dev/null > out
is 'a fast bless has no bar' test -z "$(grep -F '[#' out)"
