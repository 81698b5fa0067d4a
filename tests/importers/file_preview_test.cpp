// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "importers/file_preview.h"
#include "model/core/time.h"
#include "support/workspace.h"

using namespace plumbline;

/// What is said of a file before it is imported.
class FilePreviewTest : public QObject
{
    Q_OBJECT

private:
    test::TemporaryWorkspace m_files;

    /// Calls of as many minutes from the first of October on, the newest first as exports write them.
    static std::string minutes(int count, const std::string& filling)
    {
        std::string lines;
        const std::int64_t first = parseTimestamp("2026-10-01T00:00:00Z")->microseconds();
        for (int i = count - 1; i >= 0; --i)
            lines += "{\"id\":\"o" + std::to_string(i) +
                     "\",\"traceId\":\"t\",\"type\":\"GENERATION\",\"startTime\":\"" +
                     isoText(Timestamp(first + i * 60'000'000LL)) +
                     "\",\"model\":\"gpt-4o\",\"usageDetails\":{\"input\":5},\"input\":\"" + filling + "\"}\n";
        return lines;
    }

private slots:
    void thePeriodReachesFromTheFirstRecordsToTheLast()
    {
        constexpr int calls = 10'000; // 9,999 minutes are 6 days, 22 hours and 39 minutes
        const auto preview = previewOf(m_files.write("long.jsonl", minutes(calls, std::string(200, 'x'))), StopToken());
        QVERIFY(preview);
        QVERIFY(preview->bytes > 1'000'000);
        QVERIFY(preview->isPeriodKnown);
        QCOMPARE(isoText(*preview->first), isoText(*parseTimestamp("2026-10-01T00:00:00Z")));
        QCOMPARE(isoText(*preview->last), isoText(*parseTimestamp("2026-10-07T22:39:00Z")));
        QVERIFY(preview->estimatedRecords > calls * 9 / 10 && preview->estimatedRecords < calls * 11 / 10);
    }

    void aShortFileIsReadWhole()
    {
        const auto preview = previewOf(m_files.write("short.jsonl", minutes(10, "x")), StopToken());
        QVERIFY(preview->isPeriodKnown);
        QCOMPARE(isoText(*preview->last), isoText(*parseTimestamp("2026-10-01T00:09:00Z")));
        QCOMPARE(preview->estimatedRecords, std::uint64_t{10});
    }

    void aFileOfManyShortRecordsIsReadToItsEnd()
    {
        const auto preview = previewOf(m_files.write("many.jsonl", minutes(1000, "")), StopToken());
        QVERIFY(preview->bytes < 200'000);
        QVERIFY(preview->isPeriodKnown);
        QCOMPARE(isoText(*preview->first), isoText(*parseTimestamp("2026-10-01T00:00:00Z")));
    }

    void whatEndsInNoRecordIsNotKnown()
    {
        // Its last lines are one text, cut off in the middle.
        std::string text = minutes(1000, "x");
        text += "{\"id\":\"last\",\"input\":\"" + std::string(400'000, 'x');
        const auto preview = previewOf(m_files.write("cut.jsonl", text), StopToken());
        QVERIFY(!preview->isPeriodKnown);
        QCOMPARE(isoText(*preview->last), isoText(*parseTimestamp("2026-10-01T16:39:00Z")));
    }
};

QTEST_GUILESS_MAIN(FilePreviewTest)
#include "file_preview_test.moc"
