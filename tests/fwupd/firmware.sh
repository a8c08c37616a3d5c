# SPDX-License-Identifier: GPL-2.0-or-later
# Files, without a device.

builder="$tree/plugins/fwupd/suit.builder.xml"
try 0 '<component>firmware/acme/radio.fw</component>' 'an envelope is built' \
	firmware-build "$builder" built.suit
cp out built
try 0 '<version_raw>0x7</version_raw>' 'and parsed' firmware-parse built.suit suit
# what it was read from is not the same
sed -n '/^<firmware/,/^<\/firmware>/{/^  <data/!p}' out > parsed
sed -n '/^<firmware/,/^<\/firmware>/{/^  <data/!p}' built > shown
is 'to the same' sh -c '[ -s parsed ] && cmp parsed shown'
is 'suitctl reads the same in it' sh -c 'suitctl show --json built.suit > built.json'
is 'which is what the builder said' json built.json \
	'v["manifest"]["sequence-number"] == 7 and v["manifest"]["set-version"] == "1.2.0" and
	v["manifest"]["common"]["components"] == ["firmware/acme/radio.fw"] and
	bytes.fromhex(v["payloads"]["#radio"]) == b"hello world"'
is 'it is unsigned' sh -c 'suitctl verify --trust acme.pub built.suit 2>&1 | grep -F unsigned'
is 'a key is all it takes' sh -c 'suitctl sign -k acme.pem built.suit &&
	suitctl verify --trust acme.pub built.suit'
try 0 '<signatures>0x1</signatures>' 'of one that is signed that is said' \
	firmware-parse built.suit suit

printf '<firmware gtype="FuSuitFirmware"><version_raw>7</version_raw>%s</firmware>' \
	'<firmware><id>#a</id><data>YQ==</data></firmware>' > a.xml
try 1 'one component is needed, not 0' 'nothing is built without a component' \
	firmware-build a.xml a.suit
sed 's,<firmware><id>.*</firmware></firmware>,<component>firmware/a</component></firmware>,' \
	a.xml > b.xml
try 1 'no payload to write' 'nor without a payload' firmware-build b.xml a.suit
sed 's,<firmware><id>,<component>a</component><component>b</component>&,' a.xml > c.xml
try 1 'more than one component, vendor or class: use suitctl create' \
	'nor for two components' firmware-build c.xml a.suit
sed 's,<firmware><id>,<component>a</component><class_id>no</class_id>&,' a.xml > d.xml
try 1 'class-identifier' 'what the library refuses is refused with its words' \
	firmware-build d.xml a.suit

is 'what is built is parsed to what was built, twice' \
	"$tree/build/asan/firmware" --build "$builder"
is '10,000 mutants are refused or read, under sanitizers' \
	"$tree/build/asan/firmware" --fuzz 10000 "$tree"/tests/attack/corpus/*.suit
cp seen mutants
sed 's/^/# /' mutants
is 'some of which are still good' \
	grep -qE ' [1-9][0-9]* accepted, [1-9][0-9]* written' mutants
