// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include "importers/file_import.h"
#include "model/queries/queries.h"

namespace plumbline::test {

/// A workspace in a folder of its own that goes with the test.
class TemporaryWorkspace
{
public:
    std::filesystem::path path() const { return folder() / "test.plumb"; }
    std::filesystem::path folder() const { return m_folder.path().toStdString(); }

    /// A file in the folder.
    std::filesystem::path write(const std::string& name, const std::string& bytes) const
    {
        const std::filesystem::path file = folder() / name;
        QFile out(QString::fromStdString(file.string()));
        if (out.open(QIODevice::WriteOnly))
            out.write(bytes.data(), static_cast<qint64>(bytes.size()));
        return file;
    }

    Result<ImportReport> import(std::vector<std::filesystem::path> files, Privacy privacy = Privacy::Bodies) const
    {
        return fileImportService()->import(path(), {.paths = std::move(files), .privacy = privacy}, {}, StopToken());
    }

    Result<Queries> queries() const { return Queries::open(path(), {}, StopToken()); }

    /// A breakdown as lines: `chat, gpt-4o-mini: calls 2, input 3826, read 1024, output 239, cost 0.0006405`.
    std::string breakdown(const std::vector<Dimension>& dimensions) const
    {
        const auto open = queries();
        if (!open)
            return open.error().text();
        BreakdownQuestion question;
        for (const Dimension dimension : dimensions)
            question.by.push_back({dimension, {}});
        const auto answer = open->breakdown(question, StopToken());
        if (!answer)
            return answer.error().text();
        std::string text;
        const auto count = [](const std::optional<TokenCount>& tokens) {
            return tokens ? std::to_string(*tokens) : std::string("?");
        };
        for (const BreakdownRow& row : answer->rows) {
            for (std::size_t i = 0; i < row.keys.size(); ++i)
                text += (i ? ", " : "") + row.keys[i];
            const Measures& measures = row.measures;
            text += ": calls " + std::to_string(measures.calls) + ", input " + count(measures.input) + ", read " +
                    count(measures.cacheRead) + ", output " + count(measures.output) + ", cost " +
                    (measures.cost ? decimalText(*measures.cost) : std::string("?")) + "\n";
        }
        return text;
    }

private:
    QTemporaryDir m_folder;
};

} // namespace plumbline::test
