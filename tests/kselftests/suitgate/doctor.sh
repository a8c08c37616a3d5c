#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# What people are told about a refusal, and a driver that asks again.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
begin 36

stored=/etc/suitgate/manifests
mkdir -p $stored
forget()
{
	rm -f $stored/doctor*.suit /var/lib/suitgate/floors.state
}
trap 'forget; cleanup' EXIT
forget

# shows DESCRIPTION CODE ARGUMENT...: what suitctl prints is on standard input,
# without what is never the same
shows()
{
	text=$1 code=$2
	shift 2
	wanted=$(cat)
	suitctl "$@" > "$work/out" 2> "$work/said"
	is "$text" "$code
$wanted" "$?
$(sed 's/20[0-9-]* [0-9:]*, [0-9]* s ago/WHEN/;s/^20[0-9-]* [0-9:]*/WHEN/
	s/\(by [a-z]*\)\[[0-9]*\]/\1/' "$work/out" "$work/said")"
}

# json [NAME]: code, then verdict and reason of each
json()
{
	suitctl doctor --json "$@" > "$work/json"
	printf '%s' $?
	sed 's/{"number"/\n&/g' "$work/json" | sed -n \
		's/.*"verdict":"\([a-z]*\)","error":"\([a-z-]*\)".*"meaning":"\([^"]*\)".*/; \1 \2, \3/p' |
		tr -d '\n'
}

sum()
{
	sha256sum "$firmware/suitgate/$1" | cut -d ' ' -f 1
}

# digest NUMBER: of that loaded manifest
digest()
{
	sed -n "$1s/ .*//p" "$gate/manifests"
}

none='no manifest speaks for this name'
load='load one (suitctl load X.suit), put NAME.suit beside the file, or sign'
load="$load what is on disk (suitctl bless)"
differs='the file is not the one that was signed: its bytes differ'
install='install the file its manifest was made for, or a manifest made for this'
install="$install file; if nobody changed it on purpose, treat it as tampering"
lasting='until the next boot: it is not in /etc/suitgate/manifests'
nothing='no manifest in /etc/suitgate, /var/lib/suitgate or beside the file lets it through'

# Before anything is set up.
gate_new
shows 'nobody is trusted' 0 doctor << END
! The gate is in setup mode: nothing is refused.
  suitctl mode audit, look here again after a while, then suitctl seal.
! Nobody is trusted.
  suitctl trust add --authority A --role vendor --prefix firmware KEY.pub
END
trust vendor vendor --prefix firmware/suitgate
trust second vendor --prefix firmware/suitgate
file a.bin
mode audit
request 'audit' 'ok: audited no-manifest -' a.bin
shows 'audit: what would be refused' 1 doctor << END
! The gate audits: nothing is refused.
  suitctl mode enforce, or suitctl seal.
! No manifest is known.
  suitctl load X.suit, or put NAME.suit beside NAME.
! /lib/firmware/suitgate/a.bin was delivered, and would be refused: no-manifest
  $none.
  $load.

suitctl doctor NAME says more about one of them.
END

# Nobody signed it.
mode enforce
request 'nobody signed' 'ENOKEY: refused no-manifest -' a.bin
asked="suitgate/a.bin
  asked for   WHEN, by ask
  path        /lib/firmware/suitgate/a.bin
  root        /lib/firmware"
unsigned="$asked
  bytes       5000, sha-256 $(sum a.bin)
  manifest    none
  verdict     refused in mode enforce: no-manifest
  that means  $none
  do          $load
  file        /lib/firmware/suitgate/a.bin"
shows 'nobody signed: told' 1 doctor suitgate/a.bin << END
$unsigned
  now         $nothing
  that means  $none
  do          $load
END
shows 'by its path' 1 doctor /lib/firmware/suitgate/a.bin << END
$unsigned
  now         $nothing
  that means  $none
  do          $load
END
is 'as JSON' "1; audited no-manifest, $none; refused no-manifest, $none" \
	"$(json suitgate/a.bin)"
is 'all as JSON' "1; refused no-manifest, $none" "$(json)"

# Signed, and not loaded; loaded, and not stored.
sign vendor 1 $stored/doctor1.suit a.bin
shows 'signed, not loaded' 1 doctor suitgate/a.bin << END
$unsigned
  now         $stored/doctor1.suit lets it through, but is not loaded
  do          suitctl load $stored/doctor1.suit
END
load $stored/doctor1.suit > /dev/null
request 'loaded' 'ok: delivered ok vendor' a.bin
delivered="$asked
  bytes       5000, sha-256 $(sum a.bin)
  authority   vendor, sequence 1
  manifest    $(digest 1), loaded
  verdict     delivered in mode enforce: ok
  file        /lib/firmware/suitgate/a.bin"
shows 'loaded: told' 0 doctor suitgate/a.bin << END
$delivered
  now         would be delivered by $stored/doctor1.suit
END
mv $stored/doctor1.suit "$work/doctor1.suit"
shows 'loaded, not stored' 0 doctor suitgate/a.bin << END
$delivered
  now         would be delivered by that manifest, $lasting
END
shows 'nothing is wrong' 0 doctor << END
Nothing is wrong: 3 decisions, none refused at last.
END
is 'nothing is wrong, as JSON' '0 []' "$(json) $(cat "$work/json")"

# Other bytes.
mv "$work/doctor1.suit" $stored/
flip a.bin
shows 'changed since' 1 doctor suitgate/a.bin << END
$delivered
  now         $stored/doctor1.suit: image-mismatch
  now         $nothing
  that means  $differs
  do          $install
END
request 'changed' 'EKEYREJECTED: refused image-mismatch vendor' a.bin
shows 'changed: told' 1 doctor suitgate/a.bin << END
$asked
  bytes       5000, sha-256 $(sum a.bin)
  authority   vendor, sequence 1
  manifest    $(digest 1), loaded
  verdict     refused in mode enforce: image-mismatch
  that means  $differs
  do          $install
  file        /lib/firmware/suitgate/a.bin
  now         $stored/doctor1.suit: image-mismatch
  now         $nothing
  that means  $differs
  do          $install
END
is 'changed: as JSON' "1; refused image-mismatch, $differs" "$(json)"

# Beside the file.
file b.bin
sign vendor 1 "$firmware/suitgate/b.bin.suit" b.bin
digest=$(suitctl show --json "$firmware/suitgate/b.bin.suit" | sed -n \
	's/.*"digest":{"alg":"[^"]*","value":"\([0-9a-f]*\)"}.*/\1/p')
request 'beside it' 'ok: delivered ok vendor' b.bin
shows 'beside it: told' 0 doctor suitgate/b.bin << END
suitgate/b.bin
  asked for   WHEN, by ask
  path        /lib/firmware/suitgate/b.bin
  root        /lib/firmware
  bytes       5000, sha-256 $(sum b.bin)
  authority   vendor, sequence 1
  manifest    $digest, read from beside the file
  verdict     delivered in mode enforce: ok
  file        /lib/firmware/suitgate/b.bin
  now         would be delivered by /lib/firmware/suitgate/b.bin.suit
END

# now DESCRIPTION CODE NAME: the part that begins with the file
now()
{
	text=$1 code=$2 wanted=$(cat)
	suitctl doctor "suitgate/$3" > "$work/out" 2>&1
	is "$text" "$code
$wanted" "$?
$(sed -n '/^  file/,$p' "$work/out")"
}

# Signers.
file c.bin
vouch second 1 c.bin
cp "$work/vouch.suit" $stored/doctor2.suit
now 'not asked for, and good' 0 c.bin << END
  file        /lib/firmware/suitgate/c.bin
  now         would be delivered by $stored/doctor2.suit
END
change revoke-key "$work/second.pub" > /dev/null
now 'its key is revoked' 1 c.bin << END
  file        /lib/firmware/suitgate/c.bin
  now         $stored/doctor2.suit: key-revoked
  now         $nothing
  that means  the key that signed was revoked
  do          get a manifest signed with a key that is still good
END
adding="add the author's key if you trust it (suitctl trust add); if it is"
key stranger
sign stranger 1 $stored/doctor2.suit c.bin
now 'a stranger signed' 1 c.bin << END
  file        /lib/firmware/suitgate/c.bin
  now         $stored/doctor2.suit: signature-invalid
  now         $nothing
  that means  no key that is trusted made this signature for this manifest
  do          $adding trusted, the manifest was changed: fetch it again
END

# Too old.
file d.bin 'the second'
vouch vendor 2 d.bin
request 'the second' 'ok: delivered ok vendor' d.bin
suitctl floor confirm "$work/vouch.suit" > "$work/said" 2>&1 ||
	die 'not confirmed'
file d.bin 'the first'
sign vendor 1 $stored/doctor2.suit d.bin
now 'too old' 1 d.bin << END
  file        /lib/firmware/suitgate/d.bin
  now         $stored/doctor2.suit: sequence-number-below-floor
  now         $nothing
  that means  older than what was confirmed here: rollback
  do          install a newer release; floors never fall while the kernel runs
END

# Not there.
shows 'no such file' 1 doctor suitgate/none.bin << END
suitgate/none.bin
  Nobody asked for it since the gate came, or that is forgotten by now.
  now         there is no such file in the loader's folders
END
is 'no such file, as JSON' '0 []' "$(json suitgate/none.bin) $(cat "$work/json")"
mkdir "$firmware/suitgate/e.bin"
now 'a folder' 1 e.bin << END
  file        /lib/firmware/suitgate/e.bin
  now         /lib/firmware/suitgate/e.bin is not a regular file
END

# A driver that wants firmware when it takes its device.
odd_driver claim=kernel_read_file || die 'cannot load suitgate_test'
file f.bin
ask "$odd/wanted" suitgate/f.bin > /dev/null
file=/lib/firmware/suitgate/f.bin
by='5000 bytes, asked by suitctl, enforce'
shows 'retry: still refused' 1 retry suitgate_picky << END
WHEN  REFUSED    $file  no-manifest  (none file, $by)
suitctl doctor says why, and what to do.
suitctl: suitgate_picky: suitgate_picky: no driver took it: Required key not available
END
vouch vendor 1 f.bin
flip f.bin
shows 'retry without a driver: still refused' 1 retry suitgate_picky << END
WHEN  REFUSED    $file  image-mismatch  by vendor sequence 1  (loaded file, $by)
suitctl doctor says why, and what to do.
suitctl: suitgate_picky: no driver took it
END
file f.bin
well="WHEN  delivered  $file  by vendor sequence 1  (loaded file, $by)
suitgate_picky: driver suitgate_picky"
shows 'retry without a driver: it works' 0 retry suitgate_picky << END
$well
END
shows 'retry: it works' 0 retry /sys/bus/platform/devices/suitgate_picky << END
$well
END
shows 'retry: by its other path' 0 retry /sys/devices/platform/suitgate_picky << END
$well
END
shows 'retry of what has no drivers' 2 retry "$driver" << END
suitctl: $driver: misc is not a bus with drivers: name the device above it
END
shows 'retry of no device' 2 retry /sys/kernel << END
suitctl: /sys/kernel: not a device
END
shows 'retry of a folder of devices' 2 retry /sys/devices/platform << END
suitctl: /sys/devices/platform: not a device on a bus
END

ktap_finished
