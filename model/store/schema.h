// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/store/database.h"

namespace plumbline::store {

/// `PLMB`, at byte 68 of every workspace.
constexpr std::int64_t applicationId = 0x504C4D42;
/// The newest version this program writes.
int schemaVersion();

/// Creates the schema in an empty file, or brings an older one up to date in one transaction. Foreign, Newer or
/// Database; a file that is refused is not changed.
Result<> migrate(const Database& database);
/// The same questions without changing anything: an older version is Older here.
Result<> checkVersion(const Database& database);

/// The indexes that a bulk import may drop. Creating what exists is free.
Result<> createIndexes(const Database& database);

} // namespace plumbline::store
