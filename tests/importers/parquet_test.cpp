// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <fstream>

#include "importers/input/buffer.h"
#include "importers/json/json.h"
#include "importers/parquet/parquet.h"
#include "importers/parquet/parquet_splitter.h"

using namespace plumbline;

namespace {

/// Written by DuckDB: uncompressed first-version pages with dictionaries, and most kinds of columns.
const char manyKinds[] =
    "UEFSMRUAFTwVPCwVBhUAFQYVBgAAAgAAAAYBAAAAAAAAAAABAAAAAAAAAAIAAAAAAAAAFQAVWBVYLBUGFQAVBhUGAAAhAAAAQQIA"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAwAAAG4iMRUAFTwVPCwVBhUAFQYVBgAAAgAAAAYBBAAAAHNhbWUEAAAAc2Ft"
    "ZQQAAABzYW1lFQAVDhUOLBUGFQAVBhUGAAACAAAABgEFFQAVPBU8LBUGFQAVBhUGAAACAAAABgEAAAAAAAAAAAAAAAAAANA/AAAA"
    "AAAA4D8VABU8FTwsFQYVABUGFQYAAAIAAAAGAYP/////////AAAAAAAAAAB9AAAAAAAAABUAFTwVPCwVBhUAFQYVBgAAAgAAAAYB"
    "8Y6G3d1gBgDx7l378WAGAPFONRkGYQYAFQAVJBUkLBUGFQAVBhUGAAACAAAABgErUQAAK1EAACtRAAAVABVsFWwsFQYVABUGFQYA"
    "AAIAAAAGAc/NIISV1WXvZuff+fmHZNrEykI4oLkjgg3MUJpvdYSbyB5yjZ1ML2NvBn+JzBSGLBUAFegBFegBLBUKFQAVBhUGAAAh"
    "AAAAQRgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQQAAAEG0AwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAAAGEBAAAAYhUAFaoBFaoBLBUGFQAVBhUGAAACAAAABgBBAAAAQSkAAAAA"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABAAAAawEAAABrFQAVtgEV"
    "tgEsFQYVABUGFQYAAAIAAAAGAEEAAABBPQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    "AAAAAAAAAAAAAAAAAAEAAAAAAAAAAgAAAAAAAAAVAhn8ETUAGA1kdWNrZGJfc2NoZW1hFRYAFQQlAhgCaWQlJAAVDCUCGARuYW1l"
    "JQAAFQwlAhgEa2luZCUAABUAJQIYBGZsYWcAFQolAhgEY29zdAAVBCUCGARwYWlkJQoVBBUkLFwVBBUkAAAAFQQlAhgCYXQlFEyM"
    "EhwsAAAAAAAVAiUCGANkYXklDAAVDhUgFQIYA3VpZGzsAAAANQIYBHRhZ3MVAhUGADUEGARsaXN0FQIAFQwlAhgHZWxlbWVudCUA"
    "ADUCGAFtFQIVAgA1BBgJa2V5X3ZhbHVlFQQAFQwlABgDa2V5JQAAFQQlAhgFdmFsdWUlJAAWBhkcGcwmABwVBBkVABkYAmlkFQAW"
    "BhZeFl4mCDwYCAIAAAAAAAAAGAgAAAAAAAAAABYAKAgCAAAAAAAAABgIAAAAAAAAAAAREQAAACYAHBUMGRUAGRgEbmFtZRUAFgYW"
    "ehZ6JmY8GANuIjEYA24iMRYEKANuIjEYA24iMRERAAAAJgAcFQwZFQAZGARraW5kFQAWBhZeFl4m4AE8GARzYW1lGARzYW1lFgAo"
    "BHNhbWUYBHNhbWUREQAAACYAHBUAGRUAGRgEZmxhZxUAFgYWMBYwJr4CPBgBARgBABYAKAEBGAEAEREAAAAmABwVChkVABkYBGNv"
    "c3QVABYGFl4WXibuAjwYCAAAAAAAAOA/GAgAAAAAAAAAABYAKAgAAAAAAADgPxgIAAAAAAAAAAAREQAAACYAHBUEGRUAGRgEcGFp"
    "ZBUAFgYWXhZeJswDPBgIfQAAAAAAAAAYCIP/////////FgAoCH0AAAAAAAAAGAiD/////////xERAAAAJgAcFQQZFQAZGAJhdBUA"
    "FgYWXhZeJqoEPBgI8U41GQZhBgAYCPGOht3dYAYAFgAoCPFONRkGYQYAGAjxjobd3WAGABERAAAAJgAcFQIZFQAZGANkYXkVABYG"
    "FkYWRiaIBTwYBCtRAAAYBCtRAAAWACgEK1EAABgEK1EAABERAAAAJgAcFQ4ZFQAZGAN1aWQVABYGFo4BFo4BJs4FPBgQz80ghJXV"
    "Ze9m59/5+Ydk2hgQxMpCOKC5I4INzFCab3WEmxYAKBDPzSCEldVl72bn3/n5h2TaGBDEykI4oLkjgg3MUJpvdYSbEREAAAAmABwV"
    "DBkVABk4BHRhZ3MEbGlzdAdlbGVtZW50FQAWChaOAhaOAibcBjwYAWIYAWEWBigBYhgBYRERAAAAJgAcFQwZFQAZOAFtCWtleV92"
    "YWx1ZQNrZXkVABYGFtABFtABJuoIPBgBaxgBaxYCKAFrGAFrEREAAAAmABwVBBkVABk4AW0Ja2V5X3ZhbHVlBXZhbHVlFQAWBhbc"
    "ARbcASa6CjwYCAIAAAAAAAAAGAgBAAAAAAAAABYCKAgCAAAAAAAAABgIAQAAAAAAAAAREQAAABaODBYGJggWjgwAKChEdWNrREIg"
    "dmVyc2lvbiB2MS41LjYgKGJ1aWxkIDA2OWNjOWY5YjUpGcwcAAAcAAAcAAAcAAAcAAAcAAAcAAAcAAAcAAAcAAAcAAAcAAAAkAQA"
    "AFBBUjE=";

/// Written by DuckDB: zstd, second-version pages, integers and texts as differences, booleans as runs.
const char secondVersion[] =
    "UEFSMRUAFSgVOiwVUBUKFQYVBgAAKLUv/SAUoQAAAgAAAFABgBAIKAACAAAAAAAAAAAVABWEBRWaAiwVUBUMFQYVBgAAKLUv/WBC"
    "AB0EANQDAgAAAFABgBAIKAwAAQACAHRleHQgMDEyMzQ1Njc4OTExMjExMTExMTIyMjIyMjIyMjIzMzMzMzMzMzMzOSkggJPSA0PG"
    "HWyIcYMdMs5gQ4wbzJBxgx0yzmAPSRiHNNjREKNxRYMRDRkawGlg0Aggb2Mi7xojcqcxEXY323Ix1ykBFQAVFhUoLBVQFQAVBhUG"
    "AAAotS/9IAtZAAACAAAAUAFVVVVVVRUAFYwFFZYBLBVQFRIVBhUGAAAotS/9YEYADQIAVAMCAAAAUAEAgODw+AAECAwQEhQWGBoc"
    "HiAhIiMkJSYnKCkqKywtLi8wMDExMjIzMwA/Pz9AQAMABa7kMlGmgBEVABXyBxWcAiwVhAEVChUGFQYAACi1L/1g+QAlBAC0BiEA"
    "AABBlFJKKaWUUkoBAEH8888//wOAEAg0AuUUDDNFUzU1Uz+FUkcVUl2lUGvVT42lTaF1TM+FSen1RyNGRENWQonmPa+WOwFnNi23"
    "M4vHLb23KicIJF+YINUoGRNZFZUpDdn5CGcKALEKCAAWuQpNHqwpyg1gL6e+QDFFKmAVUAcVBBmMNQAYDWR1Y2tkYl9zY2hlbWEV"
    "CgAVBCUCGAJpZCUkABUMJQIYBG5hbWUlAAAVACUCGARmbGFnABUKJQIYBGNvc3QANQIYBG51bXMVAhUGADUEGARsaXN0FQIAFQQl"
    "AhgHZWxlbWVudCUkABZQGRwZXCYAHBUEGRUKGRgCaWQVDBZQFkoWXCYIPBgIJwAAAAAAAAAYCAAAAAAAAAAAFgAoCCcAAAAAAAAA"
    "GAgAAAAAAAAAABERAAAAJgAcFQwZFQwZGARuYW1lFQwWUBaqBRbAAiZkPBgGdGV4dCA5GAZ0ZXh0IDAWACgGdGV4dCA5GAZ0ZXh0"
    "IDAREQAAACYAHBUAGRUAGRgEZmxhZxUMFlAWOBZKJqQDPBgBARgBABYAKAEBGAEAEREAAAAmABwVChkVEhkYBGNvc3QVDBZQFrIF"
    "FrwBJu4DPBgIAAAAAACAM0AYCAAAAAAAAAAAFgAoCAAAAAAAgDNAGAgAAAAAAAAAABERAAAAJgAcFQQZFQoZOARudW1zBGxpc3QH"
    "ZWxlbWVudBUMFoQBFpoIFsQCJqoFPBgIpAUAAAAAAAAYCAEAAAAAAAAAFhwoCKQFAAAAAAAAGAgBAAAAAAAAABERAAAAFvgTFlAm"
    "CBbmBwAoKER1Y2tEQiB2ZXJzaW9uIHYxLjUuNiAoYnVpbGQgMDY5Y2M5ZjliNSkZXBwAABwAABwAABwAABwAAAAZAgAAUEFSMQ==";

/// Made by hand: lists in the two older layouts and a page that begins within a row, INT96, long decimals, ill-formed
/// UTF-8, a column of nulls.
const char olderLayouts[] =
    "UEFSMRUAFTAVMCwVBBUAFQYVBgAABAAAAAIAAgEEAAAAAgICAgEAAAACAAAAFQAVQBVALBUIFQAVBhUGAAAIAAAAAgECAAIAAgAI"
    "AAAAAgICAAIBAgIDAAAABAAAABUAFWAVYCwVChUAFQYVBgAACgAAAAIAAgECAAIAAgAKAAAAAgECAQIAAgECAQEAAABhAgAAAGL/"
    "AQAAAGMAAAAAFQAVYBVgLBUIFQAVBhUGAAAIAAAAAgECAQIAAgFPYVnuui0AALeOJQAAAAAAAAAAAIw9JQABAAAAAAAAAIs9JQAV"
    "ABWgARWgASwVCBUAFQYVBgAAAAAAAAAAAAGO6Q/2w3Pg7k4/CtL//////////////////////////wAAAAAAAAAAAAAAAAAAAAAA"
    "AAAA//////////Ng02MvuYsSFcAAAAAVABU4FTgsFQgVABUGFQYAAAIAAAAwOQEAAAD7AQAAAAAIAAAA////6LeJGAEVABUgFSAs"
    "FQgVABUGFQYAAAAAAAD/AAAAgAAAAAcAAAAVABVAFUAsFQgVABUGFQYAAAgAAAACAAIAAgACAAgAAAACAgIBAgACAgkAAAAIAAAA"
    "FQAVRBVELBUIFQAVBhUGAAAIAAAAAgACAAIAAgAIAAAAAgICAQIAAgIBAAAAcQEAAAByFQAVGBUYLBUIFQAVBhUGAAAIAAAAAgAC"
    "AAIAAgAVAhncSARyb290FRAANQIYA29sZBUCFQYAFQIlBBgFYXJyYXkAFQwlBBgDcmVwJQAAFQYlAhgCdHMAFQ4VKBUAGAJmbCUK"
    "FQoVTAAVDCUAGAJiZCUKFQQVJAAVAiUAGAJ1OCUWADUCGAN0dXAVAhUGADUEGAl0dXBfdHVwbGUVBAAVAiUAGAF4ABUMJQAYAXkl"
    "AAAVAiUCGAVjb25zdAAWCBkcGZwmCBwVAhklAAYZGAF4FQAWDBa0ARa0ASYIAAAmvAEcFQwZJQAGGRgBeBUAFgoWggEWggEmvAEA"
    "ACa+AhwVBhklAAYZGAF4FQAWCBaCARaCASa+AgAAJsADHBUOGSUABhkYAXgVABYIFsYBFsYBJsADAAAmhgUcFQwZJQAGGRgBeBUA"
    "FggWWhZaJoYFAAAm4AUcFQIZJQAGGRgBeBUAFggWQhZCJuAFAAAmogYcFQIZJQAGGRgBeBUAFggWYhZiJqIGAAAmhAccFQwZJQAG"
    "GRgBeBUAFggWZhZmJoQHAAAm6gccFQIZJQAGGRgBeBUAFggWOhY6JuoHAAAWAhYIAACkAQAAUEFSMQ==";

/// Made by hand: a column whose compression we do not know.
const char lzo[] =
    "UEFSMRUAFQgVCCwVAhUAFQYVBgAAAQAAABUCGSxIBHJvb3QVAgAVAiUAGAFhABYCGRwZHCYIHBUCGSUABhkYAXgVBhYCFioWKiYI"
    "AAAWAhYCAAA6AAAAUEFSMQ==";

QByteArray bytesOf(const char* base64)
{
    return QByteArray::fromBase64(QByteArray(base64));
}

/// What reading a file gave: its rows, and the error that ended it.
struct Outcome
{
    QStringList rows;
    std::optional<Error> error;
};

/// More rows than the files of this test hold: a damaged count may claim any number.
constexpr int enoughRows = 200;

} // namespace

class ParquetTest : public QObject
{
    Q_OBJECT

private slots:
    void manyKindsOfColumnsAreRead();
    void secondVersionPagesAreRead();
    void olderLayoutsAreRead();
    void unknownCompressionIsNamedWithItsColumn();
    void whatIsNoParquetIsRefused();
    void noPrefixIsTakenForAWhole();
    void damagedFilesGiveErrorsOrRows();
    void rowsBecomeRecords();
    void anErrorTellsItsRow();

private:
    std::filesystem::path write(const QByteArray& bytes);
    static Outcome readFile(const std::filesystem::path& path);
    Outcome read(const QByteArray& bytes) { return readFile(write(bytes)); }

    QTemporaryDir m_folder;
};

std::filesystem::path ParquetTest::write(const QByteArray& bytes)
{
    const std::filesystem::path path = std::filesystem::path(m_folder.path().toStdString()) / "rows.parquet";
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(bytes.constData(), bytes.size());
    return path;
}

Outcome ParquetTest::readFile(const std::filesystem::path& path)
{
    auto reader = parquet::Reader::open(path);
    if (!reader)
        return {{}, reader.error()};
    Outcome outcome;
    while (outcome.rows.size() < enoughRows) {
        std::string row;
        const Result<bool> isRow = reader->appendNextRow(row);
        if (!isRow)
            outcome.error = isRow.error();
        if (!isRow || !*isRow)
            break;
        outcome.rows.append(QString::fromStdString(row));
    }
    return outcome;
}

void ParquetTest::manyKindsOfColumnsAreRead()
{
    const Outcome outcome = read(bytesOf(manyKinds));
    QVERIFY(!outcome.error);
    const QStringList expected = {
        QString::fromUtf8("{\"id\":0,\"name\":null,\"kind\":\"same\",\"flag\":true,\"cost\":0,\"paid\":\"-1.25\","
                          "\"at\":\"2026-11-22T13:58:00.886001Z\",\"day\":\"2026-11-22\",\"uid\":\"cfcd2084-95d5-65ef-"
                          "66e7-dff9f98764da\",\"tags\":null,\"m\":{}}"),
        QString::fromUtf8("{\"id\":1,\"name\":\"n\\\"1\",\"kind\":\"same\",\"flag\":false,\"cost\":0.25,\"paid\":\"0."
                          "00\",\"at\":\"2026-11-23T13:58:00.886001Z\",\"day\":\"2026-11-22\",\"uid\":\"c4ca4238-a0b9-"
                          "2382-0dcc-509a6f75849b\",\"tags\":[],\"m\":{\"k\":1}}"),
        QString::fromUtf8("{\"id\":2,\"name\":null,\"kind\":\"same\",\"flag\":true,\"cost\":0.5,\"paid\":\"1.25\","
                          "\"at\":\"2026-11-24T13:58:00.886001Z\",\"day\":\"2026-11-22\",\"uid\":\"c81e728d-9d4c-2f63-"
                          "6f06-7f89cc14862c\",\"tags\":[\"a\",null,\"b\"],\"m\":{\"k\":2}}")};
    QCOMPARE(outcome.rows, expected);
}

void ParquetTest::secondVersionPagesAreRead()
{
    const Outcome outcome = read(bytesOf(secondVersion));
    QVERIFY(!outcome.error);
    QCOMPARE(outcome.rows.size(), 40);
    for (int i = 0; i < 40; ++i) {
        const QString nums = i % 3 == 0 ? QStringLiteral("null") : QStringLiteral("[%1,%2]").arg(i).arg(i * i);
        const QString flag = i % 2 == 0 ? QStringLiteral("true") : QStringLiteral("false");
        QCOMPARE(outcome.rows[i],
                 QString::fromUtf8("{\"id\":%1,\"name\":\"text %1\",\"flag\":%2,\"cost\":%3,\"nums\":%4}")
                     .arg(QString::number(i), flag, QString::number(i * 0.5), nums));
    }
}

void ParquetTest::olderLayoutsAreRead()
{
    const Outcome outcome = read(bytesOf(olderLayouts));
    QVERIFY(!outcome.error);
    const QStringList expected = {
        QString::fromUtf8("{\"old\":[1,2,3],\"rep\":[\"a\",\"b�\"],\"ts\":\"2026-11-22T13:58:00.886001Z\",\"fl\":"
                          "\"1234567890123456789012345.67890\",\"bd\":\"123.45\",\"u8\":0,\"tup\":[{\"x\":9,\"y\":"
                          "\"q\"}],\"const\":null}"),
        QString::fromUtf8("{\"old\":null,\"rep\":[],\"ts\":\"1970-01-01T00:00:00.000000Z\",\"fl\":\"-0.00001\",\"bd\":"
                          "\"-0.05\",\"u8\":255,\"tup\":[],\"const\":null}"),
        QString::fromUtf8("{\"old\":[],\"rep\":[\"c\"],\"ts\":null,\"fl\":\"0.00000\",\"bd\":\"0.00\",\"u8\":128,"
                          "\"tup\":null,\"const\":null}"),
        QString::fromUtf8(
            "{\"old\":[4],\"rep\":[\"\"],\"ts\":\"1969-12-31T00:00:00.000000Z\",\"fl\":\"-10000000000000000000000000."
            "00000\",\"bd\":\"-999999999.99\",\"u8\":7,\"tup\":[{\"x\":8,\"y\":\"r\"}],\"const\":null}")};
    QCOMPARE(outcome.rows, expected);
}

void ParquetTest::unknownCompressionIsNamedWithItsColumn()
{
    const Outcome outcome = read(bytesOf(lzo));
    QVERIFY(outcome.error.has_value());
    QCOMPARE(outcome.error->kind, ErrorKind::Unsupported);
    QCOMPARE(outcome.error->reason, std::string("column 'a': LZO compression"));
}

void ParquetTest::whatIsNoParquetIsRefused()
{
    for (const char* text : {"", "PAR1", "PAR1PAR1", "PAR1\1\1\1\1PAR1", "{}\n{}\n{}\n{}\n{}\n"}) {
        const Outcome outcome = read(QByteArray(text));
        QVERIFY(outcome.error.has_value());
        QCOMPARE(outcome.error->kind, ErrorKind::Malformed);
    }
    const auto missing = parquet::Reader::open(m_folder.path().toStdString() + "/missing.parquet");
    QVERIFY(!missing);
    QCOMPARE(missing.error().kind, ErrorKind::NotFound);
}

void ParquetTest::noPrefixIsTakenForAWhole()
{
    for (const char* text : {manyKinds, secondVersion, olderLayouts}) {
        const QByteArray whole = bytesOf(text);
        const std::filesystem::path path = write(whole);
        for (auto size = static_cast<std::uintmax_t>(whole.size()); size-- > 0;) {
            std::filesystem::resize_file(path, size);
            const Outcome outcome = readFile(path);
            QVERIFY2(outcome.error.has_value(), qPrintable(QString::number(size)));
            QVERIFY(outcome.rows.isEmpty());
        }
    }
}

void ParquetTest::damagedFilesGiveErrorsOrRows()
{
    json::Parser parser;
    for (const char* text : {manyKinds, secondVersion, olderLayouts}) {
        const QByteArray whole = bytesOf(text);
        const std::filesystem::path path = write(whole);
        std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
        for (qsizetype at = 0; at < whole.size(); ++at) {
            for (const int damage : {0x01, 0x80, 0xff}) {
                file.seekp(at).put(static_cast<char>(whole[at] ^ damage)).flush();
                for (const QString& row : readFile(path).rows)
                    QVERIFY2(parser.parseCopy(row.toStdString()).has_value(), qPrintable(row));
            }
            file.seekp(at).put(whole[at]);
        }
    }
}

void ParquetTest::rowsBecomeRecords()
{
    const std::filesystem::path path = write(bytesOf(secondVersion));
    auto source = input::ByteSource::open(path);
    auto reader = parquet::Reader::open(path);
    QVERIFY(source && reader);
    QCOMPARE(reader->rowCount(), std::uint64_t{40});
    input::Buffer unused(*std::move(source));
    const auto splitter = input::parquetSplitter(*std::move(reader));
    json::Parser parser;
    for (int i = 0; i < 40; ++i) {
        const auto found = splitter->next(unused);
        QVERIFY(found && *found && (*found)->record);
        const input::Record& record = *(*found)->record;
        QCOMPARE(record.number, static_cast<std::uint64_t>(i + 1));
        QVERIFY(record.container.empty());
        const auto value = parser.parse(record.text);
        QVERIFY(value.has_value());
        QCOMPARE((*value)["id"].integer().value_or(-1), std::int64_t{i});
    }
    const auto end = splitter->next(unused);
    QVERIFY(end && !*end);
}

void ParquetTest::anErrorTellsItsRow()
{
    QByteArray damaged = bytesOf(olderLayouts);
    // The length of the last text of the column `rep`, which stands in the fourth row.
    const QByteArray lastTexts("c\0\0\0\0", 5);
    const qsizetype at = damaged.indexOf(lastTexts);
    QVERIFY(at > 0);
    damaged[at + 1] = 100;
    const std::filesystem::path path = write(damaged);
    auto source = input::ByteSource::open(path);
    auto reader = parquet::Reader::open(path);
    QVERIFY(source && reader);
    input::Buffer unused(*std::move(source));
    const auto splitter = input::parquetSplitter(*std::move(reader));
    for (int i = 0; i < 3; ++i) {
        const auto found = splitter->next(unused);
        QVERIFY(found && *found);
    }
    const auto failed = splitter->next(unused);
    QVERIFY(!failed);
    QCOMPARE(failed.error().text(), std::string("record 4: column 'rep': a page ends too soon"));
}

QTEST_APPLESS_MAIN(ParquetTest)
#include "parquet_test.moc"
