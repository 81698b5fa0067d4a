// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "model/core/error.h"
#include "model/core/stop_token.h"

struct sqlite3;
struct sqlite3_stmt;

/// The only door to SQLite: connections and statements that free themselves and return every error.
namespace plumbline::store {

/// Bytes, as against text.
struct Blob
{
    std::string_view bytes;
};

/// A prepared statement: bind, step, read, again. Texts read are valid until the next step.
class Statement
{
public:
    Statement(Statement&&) noexcept = default;
    Statement& operator=(Statement&&) noexcept = default;

    /// Binds from the first parameter on and starts anew. Optional and null bind NULL.
    template <class... Values>
    Result<> bind(const Values&... values)
    {
        reset();
        int index = 0;
        int code = 0;
        ((code = code ? code : bindAt(++index, values)), ...);
        return code ? Result<>(tl::unexpected(error(code))) : Result<>();
    }
    /// True while there is a row.
    Result<bool> next();
    /// Binds and steps to the end: for statements without rows.
    template <class... Values>
    Result<> run(const Values&... values)
    {
        TRY(bind(values...));
        while (TRY(next())) {
        }
        reset();
        return {};
    }
    void reset();
    /// Resets, with every parameter NULL: for rows of many columns that are mostly empty.
    void clear();

    template <class... Columns>
    std::tuple<Columns...> row()
    {
        return rowAt<Columns...>(std::index_sequence_for<Columns...>());
    }
    bool isNull(int index) const;
    bool isText(int index) const;
    std::int64_t integer(int index) const;
    double real(int index) const;
    std::string_view text(int index) const; ///< text or blob bytes; empty for NULL
    std::optional<std::int64_t> optionalInteger(int index) const;

    // The raw binders, for loops over many columns. Parameters count from 1; they return SQLite's code.
    int bindAt(int index, std::nullptr_t);
    int bindAt(int index, std::int64_t value);
    int bindAt(int index, int value) { return bindAt(index, std::int64_t{value}); }
    int bindAt(int index, unsigned value) { return bindAt(index, std::int64_t{value}); }
    int bindAt(int index, std::uint64_t value) { return bindAt(index, static_cast<std::int64_t>(value)); }
    int bindAt(int index, bool value) { return bindAt(index, std::int64_t{value}); }
    int bindAt(int index, double value);
    int bindAt(int index, std::string_view text);
    int bindAt(int index, const std::string& text) { return bindAt(index, std::string_view(text)); }
    int bindAt(int index, const char* text) { return bindAt(index, std::string_view(text)); }
    int bindAt(int index, Blob blob);
    template <class T>
    int bindAt(int index, const std::optional<T>& value)
    {
        return value ? bindAt(index, *value) : bindAt(index, nullptr);
    }

private:
    friend class Database;
    struct Finalizer
    {
        void operator()(sqlite3_stmt* statement) const;
    };
    explicit Statement(sqlite3_stmt* statement) : m_statement(statement) {}
    Error error(int code) const;

    template <class... Columns, std::size_t... Indexes>
    std::tuple<Columns...> rowAt(std::index_sequence<Indexes...>)
    {
        return {column(static_cast<int>(Indexes), static_cast<Columns*>(nullptr))...};
    }
    std::int64_t column(int index, std::int64_t*) { return integer(index); }
    int column(int index, int*) { return static_cast<int>(integer(index)); }
    double column(int index, double*) { return real(index); }
    bool column(int index, bool*) { return integer(index) != 0; }
    std::string column(int index, std::string*) { return std::string(text(index)); }
    std::optional<std::int64_t> column(int index, std::optional<std::int64_t>*) { return optionalInteger(index); }
    std::optional<std::string> column(int index, std::optional<std::string>*)
    {
        return isNull(index) ? std::nullopt : std::optional<std::string>(text(index));
    }

    std::unique_ptr<sqlite3_stmt, Finalizer> m_statement;
};

enum class OpenMode
{
    ReadOnly,
    ReadWrite,
    Create,
};

/// One connection, used by one thread at a time.
class Database
{
public:
    Database(Database&&) noexcept = default;
    Database& operator=(Database&&) noexcept = default;

    /// NotFound, Unreadable, Foreign (not SQLite) or Database.
    static Result<Database> open(const std::filesystem::path& path, OpenMode mode);

    Result<Statement> prepare(std::string_view sql) const;
    /// A statement that is kept for the next time: for what is asked again and again. Reset; valid as long as the
    /// connection. Not to be used while an earlier user of the same text still steps.
    Result<Statement*> kept(std::string_view sql) const;
    /// Runs statements without parameters, one after another.
    Result<> execute(std::string_view sql) const;
    /// First column of the first row; 0 if there is none.
    Result<std::int64_t> integer(std::string_view sql) const;

    /// Running statements fail with Cancelled soon after `stop` was asked to.
    void interruptOn(const StopToken& stop);

    std::int64_t lastInsertId() const;
    std::int64_t changes() const;
    bool isInTransaction() const;
    const std::filesystem::path& path() const { return m_path; }

private:
    struct Closer
    {
        void operator()(sqlite3* database) const;
    };
    explicit Database(sqlite3* database, std::filesystem::path path) : m_database(database), m_path(std::move(path)) {}

    // The stop token before the connection, which may ask it until it is closed.
    std::unique_ptr<StopToken> m_stop;
    std::unique_ptr<sqlite3, Closer> m_database;
    mutable std::map<std::string, Statement, std::less<>> m_kept; ///< finalized before the connection closes
    std::filesystem::path m_path;
};

/// BEGIN IMMEDIATE … COMMIT; rolled back when it goes out of scope uncommitted. An interrupted write may have been
/// rolled back by SQLite already, so the destructor asks before it does.
class Transaction
{
public:
    static Result<Transaction> begin(const Database& database);
    Transaction(Transaction&& other) noexcept : m_database(std::exchange(other.m_database, nullptr)) {}
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();
    Result<> commit();

private:
    explicit Transaction(const Database& database) : m_database(&database) {}
    const Database* m_database;
};

/// BEGIN … ROLLBACK, for many reads: they all see the same state, and the file is locked once instead of at each.
class ReadTransaction
{
public:
    static Result<ReadTransaction> begin(const Database& database);
    ReadTransaction(ReadTransaction&& other) noexcept : m_database(std::exchange(other.m_database, nullptr)) {}
    ReadTransaction& operator=(ReadTransaction&&) = delete;
    ~ReadTransaction();

private:
    explicit ReadTransaction(const Database& database) : m_database(&database) {}
    const Database* m_database;
};

} // namespace plumbline::store
