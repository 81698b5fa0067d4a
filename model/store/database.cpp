// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/store/database.h"

#include <sqlite3.h>

namespace plumbline::store {

namespace {

Error errorOf(sqlite3* database, int code)
{
    Error error{.kind = ErrorKind::Database, .reason = database ? sqlite3_errmsg(database) : sqlite3_errstr(code)};
    switch (code & 0xff) {
    case SQLITE_INTERRUPT:
        error.kind = ErrorKind::Cancelled;
        break;
    case SQLITE_FULL:
        error = {.kind = ErrorKind::DiskFull, .reason = "the disk is full"};
        break;
    case SQLITE_IOERR:
        // A file size limit and some file systems report a full disk as a failed write.
        if (code == SQLITE_IOERR_WRITE || sqlite3_extended_errcode(database) == SQLITE_IOERR_WRITE)
            error = {.kind = ErrorKind::DiskFull, .reason = "writing failed: the disk may be full"};
        break;
    case SQLITE_NOTADB:
        error = {.kind = ErrorKind::Foreign, .reason = "not a Plumbline workspace (not an SQLite file)"};
        break;
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
        error = {.kind = ErrorKind::Unreadable, .reason = "cannot be opened"};
        break;
    case SQLITE_READONLY:
        error = code == SQLITE_READONLY_ROLLBACK
                    ? Error{.kind = ErrorKind::Older, .reason = "an import was cut off and not taken back"}
                    : Error{.kind = ErrorKind::Unreadable, .reason = "may not be written to"};
        break;
    case SQLITE_CORRUPT:
        error.reason = "the workspace file is damaged: " + error.reason;
        break;
    case SQLITE_BUSY:
        error.kind = ErrorKind::Locked;
        error.reason = "another program is writing to the workspace";
        break;
    default:
        break;
    }
    if (database)
        if (const char* name = sqlite3_db_filename(database, "main"))
            error.file = std::filesystem::path(name).filename().string();
    return error;
}

} // namespace

void Statement::Finalizer::operator()(sqlite3_stmt* statement) const
{
    sqlite3_finalize(statement);
}

Error Statement::error(int code) const
{
    return errorOf(sqlite3_db_handle(m_statement.get()), code);
}

Result<bool> Statement::next()
{
    const int code = sqlite3_step(m_statement.get());
    if (code == SQLITE_ROW)
        return true;
    if (code == SQLITE_DONE)
        return false;
    Error failed = error(code);
    reset();
    return tl::unexpected(std::move(failed));
}

void Statement::reset()
{
    sqlite3_reset(m_statement.get());
}

void Statement::clear()
{
    sqlite3_reset(m_statement.get());
    sqlite3_clear_bindings(m_statement.get());
}

bool Statement::isNull(int index) const
{
    return sqlite3_column_type(m_statement.get(), index) == SQLITE_NULL;
}

bool Statement::isText(int index) const
{
    return sqlite3_column_type(m_statement.get(), index) == SQLITE_TEXT;
}

std::int64_t Statement::integer(int index) const
{
    return sqlite3_column_int64(m_statement.get(), index);
}

double Statement::real(int index) const
{
    return sqlite3_column_double(m_statement.get(), index);
}

std::string_view Statement::text(int index) const
{
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(m_statement.get(), index));
    if (!bytes)
        return {};
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(m_statement.get(), index))};
}

std::optional<std::int64_t> Statement::optionalInteger(int index) const
{
    if (isNull(index))
        return {};
    return integer(index);
}

int Statement::bindAt(int index, std::nullptr_t)
{
    return sqlite3_bind_null(m_statement.get(), index);
}

int Statement::bindAt(int index, std::int64_t value)
{
    return sqlite3_bind_int64(m_statement.get(), index, value);
}

int Statement::bindAt(int index, double value)
{
    return sqlite3_bind_double(m_statement.get(), index, value);
}

int Statement::bindAt(int index, std::string_view text)
{
    return sqlite3_bind_text64(m_statement.get(), index, text.data() ? text.data() : "", text.size(), SQLITE_STATIC,
                               SQLITE_UTF8);
}

int Statement::bindAt(int index, Blob blob)
{
    return sqlite3_bind_blob64(m_statement.get(), index, blob.bytes.data() ? blob.bytes.data() : "", blob.bytes.size(),
                               SQLITE_STATIC);
}

void Database::Closer::operator()(sqlite3* database) const
{
    sqlite3_close_v2(database);
}

Result<Database> Database::open(const std::filesystem::path& path, OpenMode mode)
{
    std::error_code ignored;
    const bool exists = std::filesystem::exists(path, ignored);
    if (!exists && mode != OpenMode::Create)
        return tl::unexpected(Error{ErrorKind::NotFound, "no such workspace", path.string()});
    if (exists && std::filesystem::is_directory(path, ignored))
        return tl::unexpected(Error{ErrorKind::Foreign, "a folder, not a workspace", path.string()});
    if (!exists && !path.parent_path().empty() && !std::filesystem::is_directory(path.parent_path(), ignored))
        return tl::unexpected(Error{ErrorKind::NotFound, "its folder does not exist", path.string()});

    // Before SQLite is first used: a count of all its memory costs a lock at every allocation, and nobody reads it.
    static const int withoutMemoryCount = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    (void)withoutMemoryCount;

    sqlite3* handle = nullptr;
    const int flags = mode == OpenMode::ReadOnly
                          ? SQLITE_OPEN_READONLY
                          : SQLITE_OPEN_READWRITE | (mode == OpenMode::Create ? SQLITE_OPEN_CREATE : 0);
    const int code =
        sqlite3_open_v2(path.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    Database database(handle, path);
    if (code != SQLITE_OK)
        return tl::unexpected(errorOf(handle, code).in(path.filename().string()));
    sqlite3_busy_timeout(handle, 5000);
    return database;
}

Result<Statement> Database::prepare(std::string_view sql) const
{
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v3(m_database.get(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK)
        return tl::unexpected(errorOf(m_database.get(), code));
    return Statement(statement);
}

Result<Statement*> Database::kept(std::string_view sql) const
{
    auto known = m_kept.find(sql);
    if (known == m_kept.end())
        known = m_kept.emplace(sql, TRY(prepare(sql))).first;
    known->second.reset();
    return &known->second;
}

Result<> Database::execute(std::string_view sql) const
{
    const int code = sqlite3_exec(m_database.get(), std::string(sql).c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK)
        return tl::unexpected(errorOf(m_database.get(), code));
    return {};
}

Result<std::int64_t> Database::integer(std::string_view sql) const
{
    Statement statement = TRY(prepare(sql));
    return TRY(statement.next()) ? statement.integer(0) : 0;
}

void Database::interruptOn(const StopToken& stop)
{
    m_stop = std::make_unique<StopToken>(stop);
    sqlite3_progress_handler(
        m_database.get(), 10'000,
        [](void* token) { return static_cast<const StopToken*>(token)->isStopRequested() ? 1 : 0; }, m_stop.get());
}

std::int64_t Database::lastInsertId() const
{
    return sqlite3_last_insert_rowid(m_database.get());
}

std::int64_t Database::changes() const
{
    return sqlite3_changes64(m_database.get());
}

bool Database::isInTransaction() const
{
    return sqlite3_get_autocommit(m_database.get()) == 0;
}

Result<Transaction> Transaction::begin(const Database& database)
{
    TRY(TRY(database.kept("BEGIN IMMEDIATE"))->run());
    return Transaction(database);
}

Transaction::~Transaction()
{
    if (m_database && m_database->isInTransaction())
        (void)m_database->execute("ROLLBACK");
}

Result<> Transaction::commit()
{
    TRY(TRY(m_database->kept("COMMIT"))->run());
    m_database = nullptr;
    return {};
}

Result<ReadTransaction> ReadTransaction::begin(const Database& database)
{
    TRY(TRY(database.kept("BEGIN"))->run());
    return ReadTransaction(database);
}

ReadTransaction::~ReadTransaction()
{
    if (m_database && m_database->isInTransaction())
        (void)m_database->execute("ROLLBACK");
}

} // namespace plumbline::store
