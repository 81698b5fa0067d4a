// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/workspace.h"

#include <algorithm>

#include "model/core/field_mapping.h"

using namespace plumbline;
using plumbline::test::TemporaryWorkspace;

namespace {

const std::string odd =
    "{\"when\":\"2026-10-01T00:00:00Z\",\"m\":\"gpt-5.4\",\"n\":{\"a\":100,\"b\":5},\"who\":\"x\"}\n";

Result<ImportReport> importBy(const TemporaryWorkspace& workspace, const std::string& mapping)
{
    ImportRequest request{.paths = {workspace.write("odd.jsonl", odd)}};
    request.mapping = *FieldMapping::fromText(mapping);
    return fileImportService()->import(workspace.path(), request, {}, StopToken());
}

} // namespace

/// Logs that applications write by themselves.
class MappingTest : public QObject
{
    Q_OBJECT

private slots:
    void aMappingIsATextAndBack();
    void aWrongMappingSaysWhatIsWrong_data();
    void aWrongMappingSaysWhatIsWrong();
    void anyNamesAreReadByAMapping();
    void aCorrectedMappingReadsTheFileAnew();
    void aFieldThatNoRecordHasIsTold();
    void thePreviewProposesAMapping();
};

void MappingTest::aMappingIsATextAndBack()
{
    const auto mapping = FieldMapping::fromText(" model = llm.name ,time=ts,input=usage.in,");
    QVERIFY(mapping);
    QCOMPARE(mapping->text(), std::string("time=ts,model=llm.name,input=usage.in"));
    QVERIFY(mapping->isUsable());
    QVERIFY(*FieldMapping::fromText(mapping->text()) == *mapping);
    QVERIFY(!FieldMapping::fromText("time=ts,model=m")->isUsable());
    QVERIFY(!FieldMapping::fromText("model=m,input=i")->isUsable());
}

void MappingTest::aWrongMappingSaysWhatIsWrong_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("says");
    QTest::newRow("no path") << QStringLiteral("time=") << QStringLiteral("time=");
    QTest::newRow("no equals sign") << QStringLiteral("time") << QStringLiteral("'time'");
    QTest::newRow("no such field") << QStringLiteral("colour=c") << QStringLiteral("colour");
}

void MappingTest::aWrongMappingSaysWhatIsWrong()
{
    QFETCH(QString, text);
    QFETCH(QString, says);
    const auto mapping = FieldMapping::fromText(text.toStdString());
    QVERIFY(!mapping);
    QCOMPARE(mapping.error().kind, ErrorKind::Usage);
    QVERIFY2(mapping.error().text().find(says.toStdString()) != std::string::npos, mapping.error().text().c_str());
}

void MappingTest::anyNamesAreReadByAMapping()
{
    const TemporaryWorkspace workspace;
    const auto report = importBy(workspace, "time=when,model=m,input=n.a,output=n.b,feature=who");
    QVERIFY2(report, report ? "" : report.error().text().c_str());
    QCOMPARE(workspace.breakdown({Dimension::Feature, Dimension::Model}),
             std::string("x, gpt-5.4: calls 1, input 100, read ?, output 5, cost 0.000325\n"));
}

void MappingTest::aCorrectedMappingReadsTheFileAnew()
{
    const TemporaryWorkspace workspace;
    QVERIFY(importBy(workspace, "time=when,model=m,output=n.a"));
    const auto again = importBy(workspace, "time=when,model=m,input=n.a,output=n.b");
    QVERIFY(again);
    QCOMPARE(again->duplicates, std::uint64_t{0});
    // The same mapping has nothing to add.
    const auto same = importBy(workspace, "time=when,model=m,input=n.a,output=n.b");
    QVERIFY(same);
    QCOMPARE(same->duplicates, std::uint64_t{1});
}

void MappingTest::aFieldThatNoRecordHasIsTold()
{
    const TemporaryWorkspace workspace;
    const auto report = importBy(workspace, "time=when,model=m,input=n.typo,output=n.b");
    QVERIFY(report);
    const std::string note = "odd.jsonl: no record has the field 'n.typo', which the mapping takes for input";
    QCOMPARE(std::count(report->notes.begin(), report->notes.end(), note), std::ptrdiff_t{1});
    const auto right = importBy(workspace, "time=when,model=m,input=n.a,output=n.b");
    QVERIFY(right);
    for (const std::string& told : right->notes)
        QVERIFY2(told.find("no record has") == std::string::npos, told.c_str());
}

void MappingTest::thePreviewProposesAMapping()
{
    const TemporaryWorkspace workspace;
    const auto file = workspace.write(
        "log.jsonl", "{\"ts\":1790000000,\"llm\":{\"model\":\"m\",\"prompt_tokens\":3},\"use_case\":\"u\"}\n");
    const auto previews = fileImportService()->preview({file}, StopToken());
    QVERIFY(previews);
    QCOMPARE(previews->at(0).formatId, std::string("usage-log"));
    QCOMPARE(previews->at(0).mapping, std::string("time=ts,model=llm.model,input=llm.prompt_tokens,feature=use_case"));
}

QTEST_GUILESS_MAIN(MappingTest)
#include "mapping_test.moc"
