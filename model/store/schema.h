// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/store/database.h"

namespace plumbline::store {

/// `PLMB`, at byte 68 of every workspace.
constexpr std::int64_t applicationId = 0x504C4D42;
/// The newest version this program writes.
int schemaVersion();

/// Changes go to a log beside the file first, so that who writes and who reads do not wait for one another.
void keepLog(const Database& database);
/// They go into the file at once, each page once and not twice: while it is made, and nobody reads it.
void leaveLog(const Database& database);
/// Creates the schema in an empty file, or brings an older one up to date in one transaction. Foreign, Newer or
/// Database; a file that is refused is not changed.
Result<> migrate(const Database& database);
/// The same questions without changing anything: an older version is Older here.
Result<> checkVersion(const Database& database);

/// The indexes that a bulk import may drop. Creating what exists is free.
Result<> createIndexes(const Database& database);

} // namespace plumbline::store
