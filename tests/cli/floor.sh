#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Floors on disk and the TPM that anchors them, without a gate. Sourced by run.

suitctl keygen --alg esp256 -o device.pem > /dev/null
swtpm socket --tpm2 --tpmstate dir=. --ctrl type=unixio,path=tpm.ctrl \
	--server type=unixio,path=tpm --flags not-need-init,startup-clear 2> /dev/null &
tpm=$!
tries=0
while [ ! -S tpm ] && [ $tries -lt 100 ]; do
	sleep 0.1
	tries=$((tries + 1))
done
file='--file floors -k device.pem'
counted="$file --tpm swtpm:path=$PWD/tpm"

# shellcheck disable=SC2086 # several options
{
	try 2 'suitctl keygen' 'a device without a key' \
		suitctl floor anchor --file floors -k none.pem
	try 0 'not there yet' 'no floors yet' suitctl floor anchor $counted
	is 'looking does not write' test ! -e floors
	try 0 'anchored  in the TPM' 'begin' suitctl floor reset-anchor $counted
	cp floors old
	try 0 '"anchored":true' 'as JSON' suitctl floor anchor $counted --json
	is 'as JSON: facts' json out "v['written'] and v['floors'] == 0 and
		v['epoch'] > 0 and not v['completed']"
	try 0 'good' 'again' suitctl floor reset-anchor $counted
	cp floors new
	cp old floors
	try 1 'restored from an old disk image' 'an old disk image' \
		suitctl floor anchor $counted
	is 'and it says what to do' grep -q 'suitctl floor reset-anchor' err
	rm floors
	try 1 'is missing' 'floors that were deleted' suitctl floor anchor $counted
	cp new floors
	try 1 'switch it on' 'a TPM that is switched off' \
		suitctl floor anchor $file --no-tpm
	try 0 'an old disk image brings old floors back' 'starting over without' \
		suitctl floor reset-anchor $file --no-tpm
	try 1 'restored from an old disk image' 'and with it again' \
		suitctl floor anchor $counted
	try 2 '/dev/none' 'a TPM that is not there' \
		suitctl floor anchor $file --tpm device:/dev/none
	try 2 'Try: suitctl floor' '--tpm and --no-tpm' \
		suitctl floor anchor $counted --no-tpm
}
kill $tpm
