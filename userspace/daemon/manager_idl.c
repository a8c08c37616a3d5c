// SPDX-License-Identifier: GPL-2.0-or-later
#include "manager_idl.h"

static SD_VARLINK_DEFINE_STRUCT_TYPE(Component,
	SD_VARLINK_FIELD_COMMENT("Name, for example firmware/acme/radio.bin"),
	SD_VARLINK_DEFINE_FIELD(name, SD_VARLINK_STRING, 0),
	SD_VARLINK_FIELD_COMMENT("Name for people, from the configuration"),
	SD_VARLINK_DEFINE_FIELD(title, SD_VARLINK_STRING, SD_VARLINK_NULLABLE),
	SD_VARLINK_FIELD_COMMENT("Likewise of its vendor"),
	SD_VARLINK_DEFINE_FIELD(vendorName, SD_VARLINK_STRING, SD_VARLINK_NULLABLE),
	SD_VARLINK_FIELD_COMMENT("Version, empty when the manifest has none"),
	SD_VARLINK_DEFINE_FIELD(version, SD_VARLINK_STRING, 0),
	SD_VARLINK_FIELD_COMMENT("Whose it is"),
	SD_VARLINK_DEFINE_FIELD(authority, SD_VARLINK_STRING, 0),
	SD_VARLINK_FIELD_COMMENT("Sequence number of its manifest"),
	SD_VARLINK_DEFINE_FIELD(sequenceNumber, SD_VARLINK_INT, 0),
	SD_VARLINK_FIELD_COMMENT("Lowest sequence number that is accepted"),
	SD_VARLINK_DEFINE_FIELD(floor, SD_VARLINK_INT, SD_VARLINK_NULLABLE),
	SD_VARLINK_FIELD_COMMENT("Version of the release that has it, where that is known"),
	SD_VARLINK_DEFINE_FIELD(floorVersion, SD_VARLINK_STRING, SD_VARLINK_NULLABLE),
	SD_VARLINK_FIELD_COMMENT("Digest of its manifest, in hex"),
	SD_VARLINK_DEFINE_FIELD(manifest, SD_VARLINK_STRING, 0),
	SD_VARLINK_FIELD_COMMENT("UUID of the vendor, empty when none is asked for"),
	SD_VARLINK_DEFINE_FIELD(vendorId, SD_VARLINK_STRING, 0),
	SD_VARLINK_FIELD_COMMENT("UUID of the class of device, likewise"),
	SD_VARLINK_DEFINE_FIELD(classId, SD_VARLINK_STRING, 0),
	SD_VARLINK_FIELD_COMMENT("SHA-256 of the file, in hex, and its bytes"),
	SD_VARLINK_DEFINE_FIELD(sha256, SD_VARLINK_STRING, 0),
	SD_VARLINK_DEFINE_FIELD(size, SD_VARLINK_INT, 0),
	SD_VARLINK_FIELD_COMMENT("False while it is on trial"),
	SD_VARLINK_DEFINE_FIELD(confirmed, SD_VARLINK_BOOL, 0),
	SD_VARLINK_FIELD_COMMENT("How a driver gets to use it: none, rebind, reload, reboot"),
	SD_VARLINK_DEFINE_FIELD(activation, SD_VARLINK_STRING, 0));

static SD_VARLINK_DEFINE_STRUCT_TYPE(Report,
	SD_VARLINK_DEFINE_FIELD(number, SD_VARLINK_INT, 0),
	SD_VARLINK_FIELD_COMMENT("Seconds since 1970, UTC"),
	SD_VARLINK_DEFINE_FIELD(time, SD_VARLINK_INT, 0),
	SD_VARLINK_FIELD_COMMENT("install, confirm, restore, refused, denied"),
	SD_VARLINK_DEFINE_FIELD(kind, SD_VARLINK_STRING, 0),
	SD_VARLINK_FIELD_COMMENT("Digest of a manifest, or name of a file that was denied"),
	SD_VARLINK_DEFINE_FIELD(subject, SD_VARLINK_STRING, 0),
	SD_VARLINK_FIELD_COMMENT("ok, failed, or the name of the verifier's error"),
	SD_VARLINK_DEFINE_FIELD(result, SD_VARLINK_STRING, 0),
	SD_VARLINK_FIELD_COMMENT("How often it happened"),
	SD_VARLINK_DEFINE_FIELD(count, SD_VARLINK_INT, 0),
	SD_VARLINK_DEFINE_FIELD(facts, SD_VARLINK_OBJECT, 0));

static SD_VARLINK_DEFINE_STRUCT_TYPE(Finding,
	SD_VARLINK_DEFINE_FIELD(source, SD_VARLINK_STRING, 0),
	SD_VARLINK_FIELD_COMMENT("installed, unchanged, refused, failed"),
	SD_VARLINK_DEFINE_FIELD(result, SD_VARLINK_STRING, 0),
	SD_VARLINK_DEFINE_FIELD(message, SD_VARLINK_STRING, 0));

static SD_VARLINK_DEFINE_METHOD(ListComponents,
	SD_VARLINK_DEFINE_OUTPUT_BY_TYPE(components, Component,
					 SD_VARLINK_ARRAY));

static SD_VARLINK_DEFINE_METHOD(Verify,
	SD_VARLINK_FIELD_COMMENT("Index of the sealed memfd that holds the envelope"),
	SD_VARLINK_DEFINE_INPUT(fileDescriptor, SD_VARLINK_INT, 0),
	SD_VARLINK_DEFINE_OUTPUT(authority, SD_VARLINK_STRING, 0),
	SD_VARLINK_DEFINE_OUTPUT(sequenceNumber, SD_VARLINK_INT, 0),
	SD_VARLINK_DEFINE_OUTPUT(version, SD_VARLINK_STRING, 0),
	SD_VARLINK_DEFINE_OUTPUT(manifest, SD_VARLINK_STRING, 0),
	SD_VARLINK_DEFINE_OUTPUT(components, SD_VARLINK_STRING,
				 SD_VARLINK_ARRAY));

static SD_VARLINK_DEFINE_METHOD_FULL(Install, SD_VARLINK_SUPPORTS_MORE,
	SD_VARLINK_FIELD_COMMENT("Index of the sealed memfd that holds the envelope"),
	SD_VARLINK_DEFINE_INPUT(fileDescriptor, SD_VARLINK_INT, 0),
	SD_VARLINK_FIELD_COMMENT("Progress: verify, fetch or install"),
	SD_VARLINK_DEFINE_OUTPUT(step, SD_VARLINK_STRING, SD_VARLINK_NULLABLE),
	SD_VARLINK_FIELD_COMMENT("Progress: bytes that were fetched, and of how many"),
	SD_VARLINK_DEFINE_OUTPUT(done, SD_VARLINK_INT, SD_VARLINK_NULLABLE),
	SD_VARLINK_DEFINE_OUTPUT(total, SD_VARLINK_INT, SD_VARLINK_NULLABLE),
	SD_VARLINK_FIELD_COMMENT("The last reply: what is on trial now"),
	SD_VARLINK_DEFINE_OUTPUT(manifest, SD_VARLINK_STRING,
				 SD_VARLINK_NULLABLE),
	SD_VARLINK_DEFINE_OUTPUT(version, SD_VARLINK_STRING,
				 SD_VARLINK_NULLABLE),
	SD_VARLINK_FIELD_COMMENT("A reboot is needed before it is used"),
	SD_VARLINK_DEFINE_OUTPUT(needsReboot, SD_VARLINK_BOOL,
				 SD_VARLINK_NULLABLE));

static SD_VARLINK_DEFINE_METHOD(Confirm,
	SD_VARLINK_FIELD_COMMENT("Component or digest of the manifest; not needed when one is on trial"),
	SD_VARLINK_DEFINE_INPUT(what, SD_VARLINK_STRING, SD_VARLINK_NULLABLE),
	SD_VARLINK_FIELD_COMMENT("Consent to a large step of the sequence number"),
	SD_VARLINK_DEFINE_INPUT(jump, SD_VARLINK_BOOL, SD_VARLINK_NULLABLE));

static SD_VARLINK_DEFINE_METHOD(Cancel,
	SD_VARLINK_FIELD_COMMENT("As for Confirm; without it an installation that is running is stopped first"),
	SD_VARLINK_DEFINE_INPUT(what, SD_VARLINK_STRING, SD_VARLINK_NULLABLE));

static SD_VARLINK_DEFINE_METHOD(Check,
	SD_VARLINK_DEFINE_OUTPUT_BY_TYPE(found, Finding, SD_VARLINK_ARRAY));

static SD_VARLINK_DEFINE_METHOD(Status,
	SD_VARLINK_DEFINE_OUTPUT(version, SD_VARLINK_STRING, 0),
	SD_VARLINK_FIELD_COMMENT("An installation is running"),
	SD_VARLINK_DEFINE_OUTPUT(busy, SD_VARLINK_BOOL, 0),
	SD_VARLINK_FIELD_COMMENT("There is a gate in the kernel"),
	SD_VARLINK_DEFINE_OUTPUT(gate, SD_VARLINK_BOOL, 0),
	SD_VARLINK_FIELD_COMMENT("How strict it is: setup, audit, enforce"),
	SD_VARLINK_DEFINE_OUTPUT(mode, SD_VARLINK_STRING, SD_VARLINK_NULLABLE),
	SD_VARLINK_FIELD_COMMENT("It stays so until reboot"),
	SD_VARLINK_DEFINE_OUTPUT(sealed, SD_VARLINK_BOOL, 0),
	SD_VARLINK_FIELD_COMMENT("Floors are anchored in the TPM"),
	SD_VARLINK_DEFINE_OUTPUT(anchored, SD_VARLINK_BOOL, 0),
	SD_VARLINK_FIELD_COMMENT("Places where manifests are looked for; 0: offline"),
	SD_VARLINK_DEFINE_OUTPUT(sources, SD_VARLINK_INT, 0),
	SD_VARLINK_DEFINE_OUTPUT(components, SD_VARLINK_INT, 0),
	SD_VARLINK_FIELD_COMMENT("Installations on trial"),
	SD_VARLINK_DEFINE_OUTPUT(trials, SD_VARLINK_INT, 0));

static SD_VARLINK_DEFINE_METHOD(ListReports,
	SD_VARLINK_DEFINE_OUTPUT_BY_TYPE(reports, Report, SD_VARLINK_ARRAY));

static SD_VARLINK_DEFINE_METHOD(GetReport,
	SD_VARLINK_DEFINE_INPUT(number, SD_VARLINK_INT, 0),
	SD_VARLINK_DEFINE_OUTPUT_BY_TYPE(report, Report, 0));

static SD_VARLINK_DEFINE_METHOD_FULL(Subscribe, SD_VARLINK_REQUIRES_MORE,
	SD_VARLINK_FIELD_COMMENT("Something changed: list again"),
	SD_VARLINK_DEFINE_OUTPUT(changed, SD_VARLINK_BOOL,
				 SD_VARLINK_NULLABLE));

static SD_VARLINK_DEFINE_ERROR(PermissionDenied,
	SD_VARLINK_DEFINE_FIELD(message, SD_VARLINK_STRING, 0));
static SD_VARLINK_DEFINE_ERROR(NotSealed,
	SD_VARLINK_DEFINE_FIELD(message, SD_VARLINK_STRING, 0));
static SD_VARLINK_DEFINE_ERROR(Refused,
	SD_VARLINK_FIELD_COMMENT("Name of the error, see suitctl verify"),
	SD_VARLINK_DEFINE_FIELD(code, SD_VARLINK_STRING, 0),
	SD_VARLINK_DEFINE_FIELD(message, SD_VARLINK_STRING, 0));
static SD_VARLINK_DEFINE_ERROR(Failed,
	SD_VARLINK_DEFINE_FIELD(message, SD_VARLINK_STRING, 0));
static SD_VARLINK_DEFINE_ERROR(NotFound,
	SD_VARLINK_DEFINE_FIELD(message, SD_VARLINK_STRING, 0));

SD_VARLINK_DEFINE_INTERFACE(io_suitgate_Manager, MANAGER,
	SD_VARLINK_INTERFACE_COMMENT("Firmware of this gateway. Everybody may read, root may change."),
	SD_VARLINK_SYMBOL_COMMENT("What is installed"),
	&vl_type_Component,
	SD_VARLINK_SYMBOL_COMMENT("What happened once, or often in a like way"),
	&vl_type_Report,
	SD_VARLINK_SYMBOL_COMMENT("What came of looking at one source"),
	&vl_type_Finding,
	SD_VARLINK_SYMBOL_COMMENT("List what is installed"),
	&vl_method_ListComponents,
	SD_VARLINK_SYMBOL_COMMENT("Would this manifest be installed? Changes nothing, fetches nothing"),
	&vl_method_Verify,
	SD_VARLINK_SYMBOL_COMMENT("Install a manifest, on trial. With \"more\", progress comes first. Root only"),
	&vl_method_Install,
	SD_VARLINK_SYMBOL_COMMENT("What is on trial works: older releases are refused from now on. Root only"),
	&vl_method_Confirm,
	SD_VARLINK_SYMBOL_COMMENT("What is on trial does not work: the old one comes back. Root only"),
	&vl_method_Cancel,
	SD_VARLINK_SYMBOL_COMMENT("Look at all sources now. Root only"),
	&vl_method_Check,
	SD_VARLINK_SYMBOL_COMMENT("What the daemon does"),
	&vl_method_Status,
	SD_VARLINK_SYMBOL_COMMENT("All reports, the oldest first"),
	&vl_method_ListReports,
	SD_VARLINK_SYMBOL_COMMENT("One report"),
	&vl_method_GetReport,
	SD_VARLINK_SYMBOL_COMMENT("A reply now and after each change; needs \"more\""),
	&vl_method_Subscribe,
	SD_VARLINK_SYMBOL_COMMENT("Only root may do this"),
	&vl_error_PermissionDenied,
	SD_VARLINK_SYMBOL_COMMENT("The file descriptor is no memfd with the seals write, grow and shrink"),
	&vl_error_NotSealed,
	SD_VARLINK_SYMBOL_COMMENT("The manifest was examined and refused"),
	&vl_error_Refused,
	SD_VARLINK_SYMBOL_COMMENT("Trouble on this machine, or with a server"),
	&vl_error_Failed,
	SD_VARLINK_SYMBOL_COMMENT("There is no such thing"),
	&vl_error_NotFound);
