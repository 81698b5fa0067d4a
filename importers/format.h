// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "importers/input/record.h"
#include "importers/json/json.h"
#include "model/core/span.h"

namespace plumbline {

/// Where a format's reader puts what it reads. The recorder in an import; memory in tests and the fuzzer.
class RecordSink
{
public:
    virtual ~RecordSink() = default;
    virtual Result<> add(const ObservedSpan& span) = 0;
    virtual Result<> add(const ObservedTrace& trace) = 0;
    virtual Result<> add(const ObservedScore& score) = 0;
    virtual Result<> add(const ObservedBillLine& line) = 0;
    /// False where nobody will look at the blocks of a span.
    virtual bool keepsBlocks() const { return true; }
    /// The record at hand is equal to so many before it, and yet another one: of what has no id, and happens twice.
    virtual void setRepeats(std::uint64_t before) { (void)before; }
    /// The record at hand could not be used, for a reason worth counting.
    virtual void skip(std::string_view reason) = 0;
    /// Something a reader of the figures should know; said once however often it is said.
    virtual void note(std::string_view text) = 0;
};

/// Reads the records of one file. A source without traces makes one of each call, with its own name before the id
/// (`litellm/chatcmpl-1`): ids of two vendors may be the same. Never fails for what a record holds: it skips. Errors
/// are the sink's.
class FormatReader
{
public:
    virtual ~FormatReader() = default;
    /// Whether a record has anything to read. Asked before it is parsed: for logs most of whose lines have not.
    virtual bool wants(std::string_view text, const RecordSink& sink)
    {
        (void)text;
        (void)sink;
        return true;
    }
    virtual Result<> read(const input::Record& record, json::Value value, RecordSink& sink) = 0;
    /// After the last record.
    virtual void finish(RecordSink& sink) { (void)sink; }
};

/// A record as a format's `sniff` sees it: one of the first of its file.
struct Sniffed
{
    std::string_view container;
    json::Value value;
};

/// How sure a format is that a record is its own; the surest wins.
enum class Certainty
{
    No,
    Perhaps,
    Likely,
    Certain,
};

/// One kind of file people have. One file in importers/formats and one word in the list there.
struct Format
{
    std::string_view id;
    std::string_view title;
    Certainty (*sniff)(const Sniffed& record);
    std::unique_ptr<FormatReader> (*reader)();
};

/// All of them, in the order of the list.
const std::vector<Format>& allFormats();
/// Null if there is none of that id.
const Format* formatWithId(std::string_view id);

} // namespace plumbline
