// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include "importers/format.h"
#include "model/record/recorder.h"

namespace plumbline {

/// Imports JSON lines that were made in memory, as if they came from a file: for sample traces.
class TextImport
{
public:
    /// `format` is an id. As Recorder::open and begin.
    static Result<TextImport> begin(const std::filesystem::path& workspace, const std::string& purpose,
                                    const ImportSetup& setup, const std::string& format, const StopToken& stop);
    TextImport(TextImport&&) noexcept;
    TextImport& operator=(TextImport&&) noexcept;
    ~TextImport();

    /// Whole lines. Appends to `text` what parsers need to look at behind it.
    Result<> add(std::string& text);
    Result<ImportReport> finish(const ProgressSink& progress);

private:
    TextImport(Recorder recorder, const Format& format, std::string name);
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace plumbline
