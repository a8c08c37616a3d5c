/* SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note */
/*
 * /dev/suitgate: what user space may rely on. See docs/abi.md.
 *
 * Every structure begins with its size as the caller knows it. The kernel
 * accepts a shorter one of an older caller (missing members are zero) and a
 * longer one of a newer caller when the surplus is zero (else -E2BIG), and
 * never writes past the caller's size. open() and every ioctl demand
 * CAP_MAC_ADMIN in the initial user namespace, of the caller and of the one who
 * opened the file (else -EPERM).
 *
 * Where a call fails because of the data it was given, @error says why (enum
 * suit_error of the verifier; suitctl prints its name) and the errno is that
 * error's class.
 */
#ifndef _UAPI_SUITGATE_H
#define _UAPI_SUITGATE_H

#include <linux/ioctl.h>
#include <linux/types.h>

#define SUITGATE_ABI 1
#define SUITGATE_DEVICE "/dev/suitgate"

enum suitgate_mode {
	SUITGATE_MODE_SETUP = 1,	/* nothing refused, everything recorded */
	SUITGATE_MODE_AUDIT = 2,	/* decided and recorded, not enforced */
	SUITGATE_MODE_ENFORCE = 3,	/* refused */
};

enum suitgate_state {
	SUITGATE_SEALED = 1 << 0,	/* enforce, trust frozen, module pinned */
	SUITGATE_BREAK_GLASS = 1 << 1,	/* suitgate.mode=audit on the kernel command line */
};

/**
 * struct suitgate_info - SUITGATE_IOC_INFO
 * @size: of this structure
 * @abi: SUITGATE_ABI of the module
 * @mode: enum suitgate_mode
 * @state: bits of enum suitgate_state
 * @gated_since: CLOCK_BOOTTIME when the hooks went in, ns
 * @sealed_since: CLOCK_BOOTTIME of the seal, ns; 0 when not sealed
 * @trust_sequence: of the newest trust statement
 * @authorities: how many
 * @keys: how many, of all authorities
 * @manifests: loaded manifests and catalogues
 * @sidecars: manifests read from beside their file, in the cache
 * @floors: how many
 * @delivered: files delivered since @gated_since
 * @refused: files refused since @gated_since
 * @audited: files that would have been refused
 * @build_id: of the module, zero padded
 */
struct suitgate_info {
	__u32 size;
	__u32 abi;
	__u32 mode;
	__u32 state;
	__u64 gated_since;
	__u64 sealed_since;
	__u64 trust_sequence;
	__u32 authorities;
	__u32 keys;
	__u32 manifests;
	__u32 sidecars;
	__u32 floors;
	__u32 reserved;
	__u64 delivered;
	__u64 refused;
	__u64 audited;
	__u8 build_id[32];
};

#define SUITGATE_MAX_DIGEST 64
#define SUITGATE_MAX_ID 512
#define SUITGATE_MAX_AUTHORITY 64

/**
 * struct suitgate_load - SUITGATE_IOC_LOAD: verify an envelope and keep it
 * @size: of this structure
 * @error: out, enum suit_error
 * @data: address of the envelope
 * @len: its bytes
 * @sequence_number: out
 * @components: out, how many
 * @digest_alg: out, COSE algorithm of @digest
 * @digest: out, digest of the manifest
 */
struct suitgate_load {
	__u32 size;
	__u32 error;
	__aligned_u64 data;
	__u64 len;
	__u64 sequence_number;
	__u32 components;
	__s32 digest_alg;
	__u8 digest[SUITGATE_MAX_DIGEST];
};

/**
 * struct suitgate_check - SUITGATE_IOC_CHECK: the verdict, changing nothing
 * @size: of this structure
 * @error: out, enum suit_error
 * @envelope: address of the envelope
 * @envelope_len: its bytes
 * @component: address of an encoded component id, 0 to check the envelope only
 * @component_len: its bytes
 * @reserved: 0
 * @payload: address of the bytes that would be delivered
 * @payload_len: how many
 */
struct suitgate_check {
	__u32 size;
	__u32 error;
	__aligned_u64 envelope;
	__u64 envelope_len;
	__aligned_u64 component;
	__u32 component_len;
	__u32 reserved;
	__aligned_u64 payload;
	__u64 payload_len;
};

/**
 * struct suitgate_trust - SUITGATE_IOC_TRUST: apply a trust bundle
 * @size: of this structure
 * @error: out, enum suit_error
 * @data: address of the bundle
 * @len: its bytes
 *
 * Before the seal authentication blocks are optional; after it a root
 * authority must have signed, with a higher sequence than the last statement.
 * All operations apply or none.
 */
struct suitgate_trust {
	__u32 size;
	__u32 error;
	__aligned_u64 data;
	__u64 len;
};

enum suitgate_identity_kind {
	SUITGATE_IDENTITY_VENDOR = 1,
	SUITGATE_IDENTITY_CLASS = 2,
	SUITGATE_IDENTITY_DEVICE = 3,
	SUITGATE_IDENTITY_SLOT = 4,	/* first byte of @value: active slot */
};

/**
 * struct suitgate_identity - SUITGATE_IOC_IDENTITY: one more identity of this
 * gateway; until the seal
 * @size: of this structure
 * @kind: enum suitgate_identity_kind
 * @value: UUID in network order
 */
struct suitgate_identity {
	__u32 size;
	__u32 kind;
	__u8 value[16];
};

/**
 * struct suitgate_floor - SUITGATE_IOC_FLOOR_GET, SUITGATE_IOC_FLOOR_SET
 * @size: of this structure
 * @index: in, for GET: 0, 1, ...; -ENOENT past the end
 * @sequence_number: lowest that is accepted
 * @digest_alg: COSE algorithm of @digest
 * @digest: of the manifest that was confirmed with @sequence_number
 * @authority_len: bytes of @authority
 * @id_len: bytes of @id
 * @authority: name
 * @id: encoded manifest-component-id, else component id
 *
 * SET restores floors at boot: only before the seal, and only upwards.
 */
struct suitgate_floor {
	__u32 size;
	__u32 index;
	__u64 sequence_number;
	__s32 digest_alg;
	__u32 authority_len;
	__u32 id_len;
	__u32 reserved;
	__u8 digest[SUITGATE_MAX_DIGEST];
	__u8 authority[SUITGATE_MAX_AUTHORITY];
	__u8 id[SUITGATE_MAX_ID];
};

enum suitgate_confirm_flags {
	SUITGATE_CONFIRM_JUMP = 1 << 0,	/* consent to a large step */
};

/**
 * struct suitgate_confirm - SUITGATE_IOC_CONFIRM: this manifest works; raise
 * its floor
 * @size: of this structure
 * @error: out, enum suit_error
 * @flags: bits of enum suitgate_confirm_flags
 * @digest_alg: COSE algorithm of @digest
 * @digest: of a manifest by which bytes were delivered: since it was loaded, or
 *	as a sidecar, of which the last 32 since trust changed are remembered
 */
struct suitgate_confirm {
	__u32 size;
	__u32 error;
	__u32 flags;
	__s32 digest_alg;
	__u8 digest[SUITGATE_MAX_DIGEST];
};

/**
 * struct suitgate_set_mode - SUITGATE_IOC_MODE; until the seal
 * @size: of this structure
 * @mode: enum suitgate_mode
 */
struct suitgate_set_mode {
	__u32 size;
	__u32 mode;
};

/**
 * struct suitgate_unload - SUITGATE_IOC_UNLOAD: forget a loaded manifest;
 * until the seal
 * @size: of this structure
 * @digest_alg: COSE algorithm of @digest
 * @digest: of the manifest
 */
struct suitgate_unload {
	__u32 size;
	__s32 digest_alg;
	__u8 digest[SUITGATE_MAX_DIGEST];
};

#define SUITGATE_IOC_MAGIC 0xb7
#define SUITGATE_IOC_INFO _IOWR(SUITGATE_IOC_MAGIC, 0, struct suitgate_info)
#define SUITGATE_IOC_LOAD _IOWR(SUITGATE_IOC_MAGIC, 1, struct suitgate_load)
#define SUITGATE_IOC_CHECK _IOWR(SUITGATE_IOC_MAGIC, 2, struct suitgate_check)
#define SUITGATE_IOC_TRUST _IOWR(SUITGATE_IOC_MAGIC, 3, struct suitgate_trust)
#define SUITGATE_IOC_IDENTITY _IOW(SUITGATE_IOC_MAGIC, 4, struct suitgate_identity)
#define SUITGATE_IOC_FLOOR_GET _IOWR(SUITGATE_IOC_MAGIC, 5, struct suitgate_floor)
#define SUITGATE_IOC_FLOOR_SET _IOW(SUITGATE_IOC_MAGIC, 6, struct suitgate_floor)
#define SUITGATE_IOC_CONFIRM _IOWR(SUITGATE_IOC_MAGIC, 7, struct suitgate_confirm)
#define SUITGATE_IOC_MODE _IOW(SUITGATE_IOC_MAGIC, 8, struct suitgate_set_mode)
#define SUITGATE_IOC_SEAL _IO(SUITGATE_IOC_MAGIC, 9)
#define SUITGATE_IOC_UNLOAD _IOW(SUITGATE_IOC_MAGIC, 10, struct suitgate_unload)

enum suitgate_path {
	SUITGATE_PATH_FILE = 1,		/* request_firmware() and friends, a file */
	SUITGATE_PATH_PARTIAL = 2,	/* request_partial_firmware_into_buf() */
	SUITGATE_PATH_DATA = 3,		/* sysfs fallback, upload, EFI-embedded */
	SUITGATE_PATH_UNSEEN = 4,	/* a firmware read past the loader */
};

enum suitgate_verdict {
	SUITGATE_DELIVERED = 1,
	SUITGATE_REFUSED = 2,
	SUITGATE_AUDITED = 3,		/* delivered, enforce would have refused */
};

enum suitgate_source {
	SUITGATE_SOURCE_NONE = 0,
	SUITGATE_SOURCE_LOADED = 1,	/* through the device */
	SUITGATE_SOURCE_SIDECAR = 2,	/* <path>.suit */
};

#define SUITGATE_MAX_NAME 256

/**
 * struct suitgate_record - one decision, from read() on the device
 * @size: of this structure
 * @lost: records this reader missed just before this one
 * @number: counts up from 1 since load
 * @time: CLOCK_BOOTTIME, ns
 * @bytes: size of what was delivered or refused
 * @sequence_number: of the manifest that decided, else 0
 * @error: enum suit_error: why; 0 when allowed
 * @err: errno the driver's request got from the gate, 0 or negative
 * @path: enum suitgate_path
 * @verdict: enum suitgate_verdict
 * @source: enum suitgate_source
 * @mode: enum suitgate_mode at that time
 * @pid: thread that asked, initial namespace
 * @digest: SHA-256 of the bytes; zero when they were not read
 * @manifest: first 32 bytes of the manifest's digest, zero without one
 * @comm: name of the thread
 * @authority: name of the authority that spoke, NUL terminated
 * @name: requested path or description, escaped, NUL terminated
 *
 * read() returns whole records, as many as fit; -EINVAL when not one fits;
 * blocks unless O_NONBLOCK. A new reader begins with the records still held.
 */
struct suitgate_record {
	__u32 size;
	__u32 lost;
	__u64 number;
	__u64 time;
	__u64 bytes;
	__u64 sequence_number;
	__u32 error;
	__s32 err;
	__u8 path;
	__u8 verdict;
	__u8 source;
	__u8 mode;
	__u32 pid;
	__u8 digest[32];
	__u8 manifest[32];
	__u8 comm[16];
	__u8 authority[SUITGATE_MAX_AUTHORITY + 8];
	__u8 name[SUITGATE_MAX_NAME];
};

#endif /* _UAPI_SUITGATE_H */
