# SPDX-License-Identifier: GPL-2.0-or-later
# "Verified firmware loading" among the security attributes of the host. The TPM
# is software in this gateway, which its kernel takes for one.

# is RESULT WORDS
is()
{
	fwupdmgr security --force --json < /dev/null 2>&1 |
		sed -n '/SuitFirmwareLoading/,/}/p' > out
	grep -q "\"$1\"" out && grep -qF "$2" out
}

# attr RESULT WORDS TEXT: once fwupd has noticed
attr()
{
	within is "$1" "$2"
	result $? "$3"
}

manager 0 'Verified firmware loading' 'the security of the host' security --force
attr not-locked '\"suitctl seal\"' 'says that the gate is not sealed'
try 0 '' 'it is sealed' suitctl seal --yes
attr not-locked 'anchor them in the TPM' 'then that floors are not anchored'
modprobe tpm_vtpm_proxy
mkdir tpm
swtpm chardev --vtpm-proxy --tpm2 --tpmstate dir=tpm --flags startup-clear \
	> swtpm.out 2>&1 &
tpm=$!
within test -e /dev/tpmrm0
sed -i s/Tpm=none/Tpm=auto/ /etc/suitgate/suitgated.conf
try 0 '' 'suitgated finds a TPM' systemctl restart suitgated
attr success 'author did not sign' 'then that all is well'
grep -q '"HsiResult" : "enabled"' out
result $? 'which is enabled'
kill $tpm
