// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "model/core/error.h"
#include "model/core/field_mapping.h"
#include "model/core/stop_token.h"
#include "model/core/time.h"

namespace plumbline {

/// What of a prompt is kept: its bodies, only digests and counters, or nothing but the call's figures.
enum class Privacy : std::uint8_t
{
    Bodies,
    Digests,
    Metadata,
};
std::string_view idOf(Privacy privacy);
/// Usage: unknown.
Result<Privacy> privacyFromId(std::string_view id);

/// A reason records were not taken, with the first place it happened.
struct Skipped
{
    std::string reason;
    std::uint64_t count = 0;
    std::string firstFile;
    std::uint64_t firstRecord = 0; ///< from 1

    bool operator==(const Skipped&) const = default;
};

/// What one import did.
struct ImportReport
{
    std::int64_t import = 0; ///< its id in the workspace
    std::vector<std::string> formats = {};
    std::uint64_t files = 0;
    std::uint64_t bytes = 0;   ///< as stored, compressed or not
    std::uint64_t records = 0; ///< read, whatever became of them
    std::uint64_t spans = 0;
    std::uint64_t traces = 0; ///< records about a whole trace
    std::uint64_t scores = 0;
    std::uint64_t billLines = 0;  ///< of providers' bills, beside the traces
    std::uint64_t calls = 0;      ///< billed calls in the traces this import touched
    std::uint64_t duplicates = 0; ///< records the workspace had already, to the byte
    std::optional<Timestamp> first = {};
    std::optional<Timestamp> last = {};
    std::vector<Skipped> skipped = {};
    std::vector<std::string> notes = {}; ///< what a reader of the figures should know: truncated file, more pages, …
    std::vector<Error> failedFiles = {}; ///< files that could not be read at all

    bool operator==(const ImportReport&) const = default;
    std::uint64_t skippedRecords() const
    {
        std::uint64_t total = 0;
        for (const Skipped& reason : skipped)
            total += reason.count;
        return total;
    }
};

struct ImportRequest
{
    std::vector<std::filesystem::path> paths = {}; ///< files or directories; `-` is standard input
    std::optional<std::string> format = {};        ///< an id; empty: recognised file by file
    /// For logs that applications write themselves: which field holds what. Every file is then read by it.
    std::optional<FieldMapping> mapping = {};
    Privacy privacy = Privacy::Bodies;
};

struct FormatTitle
{
    std::string id;
    std::string title;
};

/// What a file would bring, from its first records.
struct FilePreview
{
    std::filesystem::path path = {};
    std::optional<Error> error = {};
    std::string formatId = {};
    std::string formatTitle = {};
    std::uint64_t bytes = 0;
    std::uint64_t estimatedRecords = 0;
    std::optional<Timestamp> first = {};
    std::optional<Timestamp> last = {};
    bool isPeriodKnown = false;            ///< by its end too: else it goes on, or began before, unseen
    std::string mapping = {};              ///< of a log that is read by mapping: the one proposed
    std::vector<std::string> missing = {}; ///< `session ids`, `prompt bodies`, …
};

/// What the window and the command line need of importers. Called from a job's thread, one call at a time.
class ImportService
{
public:
    virtual ~ImportService() = default;

    virtual std::vector<FormatTitle> formats() const = 0;
    virtual Result<std::vector<FilePreview>> preview(const std::vector<std::filesystem::path>& paths,
                                                     const StopToken& stop) = 0;
    /// Creates the workspace if there is none. Cancelled leaves nothing visible behind.
    virtual Result<ImportReport> import(const std::filesystem::path& workspace, const ImportRequest& request,
                                        const ProgressSink& progress, const StopToken& stop) = 0;
};

} // namespace plumbline
