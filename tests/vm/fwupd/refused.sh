# SPDX-License-Identifier: GPL-2.0-or-later
# What must not get in, where fwupd would take files of anybody. Each is refused
# with words that say why, and nothing is changed.

# refused STATUS WORDS TEXT FILE
refused()
{
	whole > before 2>&1
	manager "$1" "$2" "$3: \"$2\"" install -y "$4"
	whole > after 2>&1
	cmp before after > out 2>&1
	result $? 'and nothing is changed'
}

# metainfo ARCHIVE: as it is in there
metainfo()
{
	LC_ALL=C sed -n '/<component /,/<\/component>/p' "$1"
}

# repack NAME [SHA256]: NAME.cab, which says of NAME.suit what good.cab says, by
# default with its right digest
repack()
{
	sum=${2:-$(sha256sum "$1.suit" | cut -d' ' -f1)}
	metainfo good.cab | sed "/target=.content/s/>[0-9a-f]*</>$sum</" \
		> firmware.metainfo.xml
	cp "$1.suit" firmware.suit
	rm -f "$1.cab"
	fwupdtool build-cabinet "$1.cab" firmware.suit firmware.metainfo.xml \
		> out 2>&1
}

try 0 '' 'fwupd shall take files of anybody' \
	fwupdmgr modify-config fwupd OnlyTrusted false
release good 4 1.3.0 0x00100400 --integrated -k acme.pem
release unsigned 4 1.3.0 0x00100400 --integrated
refused 1 '[unsigned]' 'unsigned' unsigned.cab
release other 4 1.3.0 0x00100400 --integrated -k other.pem
refused 1 'no key that is trusted made this signature for this manifest' \
	'by another key' other.cab
LC_ALL=C sed s/1.3.0/1.3.9/g good.suit > tampered.suit
archive tampered
refused 1 'the manifest was changed after it was signed' \
	'signed, then changed' tampered.cab
LC_ALL=C sed s/0x00100400/0x00100666/ good.suit > payload.suit
archive payload
refused 1 'the file is not the one that was signed' 'with another payload' payload.cab
release class 4 1.3.0 0x00100400 --class loudspeaker --integrated -k acme.pem
refused 3 'No supported devices found' 'of another class' class.cab
repack class
refused 1 "this manifest is for another class of device, not for $component" \
	'of another class, in an archive that says otherwise' class.cab
release older 1 1.4.0 0x00100100 --integrated -k acme.pem
refused 1 'or newer is needed' 'older, with a version that is newer' older.cab
release old 2 1.1.0 0x00100200 --integrated -k acme.pem
refused 1 'older than the minimum required version' 'older' old.cab
head -c 3000 /dev/urandom > junk.suit
repack junk
refused 1 'not a SUIT envelope' 'junk in an archive' junk.cab
head -c 3000 /dev/urandom > junk.cab
refused 1 'signature was not valid' 'junk' junk.cab
head -c 500 good.cab > truncated.cab
refused 1 'cab' 'an archive that is truncated' truncated.cab
LC_ALL=C sed s/0x00100400/0x00100666/ good.cab > byte.cab
refused 1 'checksum' 'an archive with other bytes' byte.cab
# the checksum of its first block, which the folder says where it is: there is none
cp byte.cab swapped.cab
printf '\0\0\0\0' | dd of=swapped.cab bs=1 conv=notrunc status=none \
	seek="$(($(od -An -tu4 -j36 -N4 swapped.cab)))"
refused 1 'contents checksum invalid' 'an archive with another envelope' swapped.cab
driver_has 0x100300 'the driver has what it had'
