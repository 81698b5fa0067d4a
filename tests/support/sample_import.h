// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTest>

#include "importers/text_import.h"
#include "model/sample/sample.h"
#include "model/sample/writers.h"

namespace plumbline::test {

/// Imports traces of the sample company, as Langfuse writes them. While an import records nobody else may: it is over
/// when this returns.
inline void importSample(const std::filesystem::path& workspace, const SampleOptions& options)
{
    auto import = TextImport::begin(workspace, "test", {.name = "sample"}, "langfuse-events", StopToken());
    QVERIFY(import);
    std::string text;
    QVERIFY(generate(
        options,
        [&](const SampleTrace& trace) -> Result<> {
            text.clear();
            append(text, trace, SampleFormat::Langfuse);
            return import->add(text);
        },
        StopToken()));
    QVERIFY(import->finish({}));
}

} // namespace plumbline::test
