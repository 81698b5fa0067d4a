// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/store/workspace.h"

#include <charconv>
#include <random>

#include "model/store/recorder_lock.h"
#include "model/store/schema.h"

namespace plumbline::store {

namespace {

Result<std::optional<std::string>> readSetting(const Database& database, std::string_view key)
{
    Statement query = TRY(database.prepare("SELECT value FROM setting WHERE key = ?"));
    TRY(query.bind(key));
    if (!TRY(query.next()))
        return std::optional<std::string>();
    return std::optional<std::string>(query.text(0));
}

Result<Hasher> hasherOf(const Database& database)
{
    const auto text = TRY(readSetting(database, setting::secret));
    if (!text)
        return Hasher();
    std::uint64_t secret = 0;
    std::from_chars(text->data(), text->data() + text->size(), secret, 16);
    return Hasher(secret);
}

std::string newSecret()
{
    std::random_device source;
    const std::uint64_t secret = (std::uint64_t{source()} << 32) | source();
    char digits[17];
    const auto [end, error] = std::to_chars(digits, digits + sizeof digits, secret, 16);
    return {digits, end};
}

/// As the one who records: an older program may be writing, or an import that made the file was killed.
Result<> bringUpToDate(const std::filesystem::path& path)
{
    const RecorderLock lock = TRY(RecorderLock::acquire(path, "plumbline, bringing the workspace up to date"));
    const Database database = TRY(Database::open(path, OpenMode::ReadWrite));
    TRY(migrate(database)); // reads, and so takes back what an import that was killed had begun
    keepLog(database);
    return {};
}

} // namespace

Result<Workspace> Workspace::open(const std::filesystem::path& path, OpenMode mode)
{
    Database database = TRY(Database::open(path, mode));
    if (mode == OpenMode::ReadOnly) {
        if (const auto current = checkVersion(database); !current) {
            if (current.error().kind != ErrorKind::Older)
                return tl::unexpected(current.error());
            TRY(bringUpToDate(path));
            database = TRY(Database::open(path, mode));
            TRY(checkVersion(database));
        }
    } else {
        TRY(migrate(database));
        keepLog(database);
        // Bulk writing: no overwriting of freed pages with zeros, checkpoints every 64 MB of log. Rows come in order: a
        // larger cache is only more memory to touch for the first time.
        TRY(database.execute("PRAGMA synchronous = NORMAL; PRAGMA secure_delete = OFF; "
                             "PRAGMA wal_autocheckpoint = 8000; PRAGMA cache_size = -4000;"));
        Statement keep = TRY(database.prepare("INSERT OR IGNORE INTO setting(key, value) VALUES(?, ?)"));
        if (!TRY(readSetting(database, setting::secret)))
            TRY(keep.run(setting::secret, newSecret()));
    }
    if (mode == OpenMode::ReadOnly)
        TRY(database.execute("PRAGMA cache_size = -24000;"));
    TRY(database.execute("PRAGMA mmap_size = 268435456;"));
    const Hasher hasher = TRY(hasherOf(database));
    return Workspace(std::move(database), hasher);
}

Result<std::optional<std::string>> Workspace::setting(std::string_view key) const
{
    return readSetting(m_database, key);
}

Result<> Workspace::setSetting(std::string_view key, std::string_view value)
{
    Statement write = TRY(m_database.prepare("INSERT OR REPLACE INTO setting(key, value) VALUES(?, ?)"));
    return write.run(key, value);
}

Result<ReportingCalendar> Workspace::calendar() const
{
    const auto zone = TRY(setting(setting::timeZone));
    const auto start = TRY(setting(setting::monthStart));
    return ReportingCalendar::open(zone.value_or("UTC"), start ? std::atoi(start->c_str()) : 1);
}

} // namespace plumbline::store
