# SPDX-License-Identifier: GPL-2.0-or-later
# Archives by suitctl cab, and what fwupd checks before it installs one.

cab()
{
	suitctl cab --id com.acme.radio --homepage https://acme.example "$@"
}

# all of them are signed
envelope good 8 1.2.0
envelope older 6 1.0.0
envelope same 7 1.1.0
envelope class 8 1.2.0 --class gateway-3
for name in good older same class; do
	cab --date 2026-01-31 "$name.suit" -o "$name.cab" || result 1 "$name.cab"
done
try 0 'New version:      1.2.0' 'fwupd reads an archive' get-details good.cab
is 'and finds the device that it is for' grep -q 'gateway-2 Device Update:' out
is 'and its digest' grep -qF \
	"Checksum:         $(sha256sum good.cab | cut -d' ' -f1)" out
cab --date 2026-01-31 good.suit -o again.cab
is 'the same envelope makes the same archive' cmp good.cab again.cab
try 1 'Device only supports version upgrades' 'the version that is installed' \
	install same.cab
try 1 "older than the minimum required version '1.0.0 < 1.1.0'" \
	'one below the floor' install older.cab
try 1 'No supported devices found' 'one for another class' install class.cab
is 'nothing is installed so far' test ! -e sock.log
try 0 '' 'a newer version' install good.cab
is 'is installed' grep -qx 'firmware/acme/radio.fw 1.2.0' sock.log
try 1 'Device only supports version upgrades' 'but not twice' install good.cab
is 'it was not done' test "$(wc -l < sock.log)" = 1
python3 - <<'END'
b = bytearray(open("again.cab", "rb").read())
b[b.index(b"radio 1.2.0")] ^= 1
open("broken.cab", "wb").write(b)
END
try 1 'checksum' 'an archive with another byte' get-details broken.cab

# a megabyte is many blocks
head -c 1000001 /dev/zero > radio.fw
suitctl create --component firmware/acme/radio.fw --payload radio.fw \
	--vendor acme.example --class gateway-2 --seq 9 --version 1.3.0 \
	--integrated -k acme.pem -o big.suit > seen
cab --name 'A & B <radio>' big.suit -o big.cab
try 0 'New version:      1.3.0' 'one of many blocks' get-details big.cab
is 'with a name that XML would mind' grep -qF 'A & B <radio> Device Update' out

# wrong WORDS TEXT OPTION...: suitctl cab says so
wrong()
{
	words=$1 text=$2
	shift 2
	suitctl cab "$@" -o no.cab > out 2> err
	got=$?
	[ $got = 2 ] && grep -qF -- "$words" err
	result $? "$text"
}
wrong 'fwupd wants --id and --homepage' 'without an id' good.suit
wrong '"yesterday" is no date' 'a date that is none' --id a --homepage b \
	--date yesterday good.suit
suitctl create --component firmware/a --payload radio.fw --seq 1 -k acme.pem \
	-o all.suit > seen
wrong 'the manifest is for no vendor and class' 'for every class' --id a \
	--homepage b all.suit
