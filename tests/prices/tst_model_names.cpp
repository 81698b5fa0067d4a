// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "price_questions.h"

using namespace plumbline;
using namespace plumbline::questions;

/// One model goes by many names; none of them may make it free.
class ModelNamesTest : public QObject
{
    Q_OBJECT

private slots:
    void everySpellingFindsItsModel_data()
    {
        QTest::addColumn<QString>("model");
        // name as a source writes it | provider as it writes that | what it is
        const QString spellings = QStringLiteral(R"(
            gpt-4o | | openai/gpt-4o
            GPT-4o | OpenAI | openai/gpt-4o
            openai/gpt-4o | | openai/gpt-4o
            azure/gpt-4o | | openai/gpt-4o
            azure/eu/gpt-4o | | openai/gpt-4o
            gpt-4o | azure.ai.openai | openai/gpt-4o
            gpt-4o-2024-08-06 | openai.chat | openai/gpt-4o
            gpt-4o-2024-05-13 | | openai/gpt-4o-2024-05-13
            gpt-4o-2031-01-31 | | openai/gpt-4o
            gpt-35-turbo | | openai/gpt-3.5-turbo
            gpt-4.1-2025-04-14 | | openai/gpt-4.1
            gpt-4.1-latest | | openai/gpt-4.1
            openai/gpt-5:nitro | openrouter | openai/gpt-5
            gpt-4-1-mini | | openai/gpt-4.1-mini
            gpt-4-1106-preview | | openai/gpt-4-turbo
            gpt-5-6-sol-2026-09-01 | | openai/gpt-5.6-sol
            ft:gpt-4o-mini-2024-07-18:acme::abc | | openai/ft:gpt-4o-mini
            openai/text-embedding-3-small | | openai/text-embedding-3-small
            ada | | openai/ada
            ada | azure | azure/ada
            o3 | azure_openai | azure/o3-2025-04-16

            claude-sonnet-4-5 | | anthropic/claude-sonnet-4-5
            claude-sonnet-4.5 | | anthropic/claude-sonnet-4-5
            claude-4.5-sonnet | | anthropic/claude-sonnet-4-5
            claude-sonnet-4-5-20250929 | | anthropic/claude-sonnet-4-5
            claude-sonnet-4-5@20250929 | | anthropic/claude-sonnet-4-5
            claude-sonnet-4-5-latest | | anthropic/claude-sonnet-4-5
            anthropic/claude-sonnet-4 | | anthropic/claude-sonnet-4-0
            anthropic/claude-3.5-sonnet | openai | anthropic/claude-3-5-sonnet
            openrouter/anthropic/claude-sonnet-4.5 | | anthropic/claude-sonnet-4-5
            anthropic/claude-3.7-sonnet:thinking | openrouter | anthropic/claude-3-7-sonnet-latest
            claude-3-5-sonnet-V2@20241022 | | anthropic/claude-3-5-sonnet
            Claude-Opus-4-1@20250805 | | anthropic/claude-opus-4-1
            claude-opus-4-5 | vertex_ai | anthropic/claude-opus-4-5
            vertex_ai/claude-opus-4-6@20260205 | | google/claude-opus-4-6

            us.anthropic.claude-sonnet-4-20250514-v1:0 | | aws/regional.anthropic.claude-sonnet-4-20250514-v1:0
            bedrock/us.anthropic.claude-sonnet-4-5-20250929-v1:0 | | aws/regional.anthropic.claude-sonnet-4-5-20250929-v1:0
            bedrock/converse/eu.anthropic.claude-sonnet-4-5-20250929-v1:0 | | aws/regional.anthropic.claude-sonnet-4-5-20250929-v1:0
            anthropic.claude-sonnet-4-5-20250929-v1:0 | | aws/regional.anthropic.claude-sonnet-4-5-20250929-v1:0
            eu.anthropic.claude-sonnet-4-5 | bedrock | aws/regional.anthropic.claude-sonnet-4-5-20250929-v1:0
            claude-sonnet-4-5 | aws.bedrock | aws/regional.anthropic.claude-sonnet-4-5-20250929-v1:0
            jp.anthropic.claude-haiku-4-5-20251001-v1:0 | | aws/regional.anthropic.claude-haiku-4-5-20251001-v1:0
            au.anthropic.claude-opus-4-6-v1:0 | | aws/regional.anthropic.claude-opus-4-6-v1:0
            apac.anthropic.claude-opus-4-8 | | aws/regional.anthropic.claude-opus-4-8-v1:0
            us-gov.anthropic.claude-sonnet-4-5-20250929-v1:0 | | aws/regional.anthropic.claude-sonnet-4-5-20250929-v1:0
            global.anthropic.claude-opus-4-6-v1 | | aws/global.anthropic.claude-opus-4-6-v1:0
            arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-sonnet-4-20250514-v1:0 | | aws/regional.anthropic.claude-sonnet-4-20250514-v1:0
            arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-3-haiku-20240307-v1:0 | | aws/regional.anthropic.claude-3-haiku-20240307-v1:0
            gpt-5.6-sol | bedrock | aws/regional.openai.gpt-5.6-sol
            us.meta.llama3-3-70b-instruct-v1:0 | | aws/meta.llama3-3-70b-instruct-v1:0
            amazon.nova-pro-v1:0 | amazon-bedrock | aws/amazon.nova-pro-v1:0

            google/gemini-2.5-pro | | google/gemini-2.5-pro
            gemini-2.5-pro-preview-05-06 | gcp.gemini | google/gemini-2.5-pro
            gemini-2.5-pro-preview-tts | | google/gemini-2.5-pro-tts
            models/gemini-2.5-flash | | google/gemini-2.5-flash
            gemini/gemini-2.5-flash | | google/gemini-2.5-flash
            publishers/google/models/gemini-2.5-flash | | google/gemini-2.5-flash
            projects/ollama/locations/us-central1/publishers/google/models/gemini-2.5-flash | | google/gemini-2.5-flash
            gemini-1.5-pro | | google/gemini-1.5-pro
            gemini-1.5-flash-002 | | google/gemini-1.5-flash
            gemini-2.0-flash-001 | gcp.vertex_ai | google/gemini-2.0-flash

            mistral-large-latest | | mistral/mistral-large-latest
            deepseek-chat | | deepseek/deepseek-chat
            deepseek/deepseek-v4-pro | | deepseek/deepseek-v4-pro
            grok-4 | | x-ai/grok-4-0709
            xai/grok-4.6 | | x-ai/grok-4.6
            x-ai/grok-4.3-20260401 | | x-ai/grok-4.3
            command-r | | cohere/command-r
            llama-3.3-70b-versatile | | groq/llama-3.3-70b-versatile
            groq/openai/gpt-oss-120b | | groq/openai/gpt-oss-120b
            openai/gpt-oss-120b | groq | groq/openai/gpt-oss-120b
            gpt-oss-120b | groq | groq/openai/gpt-oss-120b
            gpt-oss-120b | | openai/gpt-oss-120b
        )");
        for (const QString& line : spellings.split(QLatin1Char('\n'))) {
            const QString text = line.trimmed();
            if (!text.isEmpty())
                QTest::newRow(qPrintable(text)) << text;
        }
    }

    void everySpellingFindsItsModel()
    {
        QFETCH(QString, model);
        const QStringList parts = model.split(QLatin1Char('|'));
        const std::string name = parts[0].trimmed().toStdString();
        const std::string provider = parts[1].trimmed().toStdString();
        QCOMPARE(found(builtIn(), name, provider), parts[2].trimmed());
    }

    void whatNobodyKnowsIsNobodys()
    {
        for (const char* name : {"", "/", "acme-7b", "gpt", "claude", "my-deployment", "claude-sonnet-5-5", "models/",
                                 "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123",
                                 "anthropic.claude-unheard-of-v1:0", "ft:gpt-4.1-2025-04-14:acme::abc"})
            QCOMPARE(found(builtIn(), name), "unknown");
    }

    void aHostWithItsOwnPricesIsNotPricedByTheVendors()
    {
        QCOMPARE(found(builtIn(), "gpt-oss-120b", "ollama"), "unknown");
        QCOMPARE(found(builtIn(), "together_ai/deepseek-r1"), "unknown");
        QCOMPARE(found(builtIn(), "accounts/fireworks/models/deepseek-r1"), "unknown");
        QCOMPARE(found(builtIn(), "deepseek/deepseek-r1:free", "openrouter"), "unknown");
    }

    void veryLongNamesAreJustUnknown()
    {
        QCOMPARE(found(builtIn(), std::string(1'000'000, '/')), "unknown");
        QCOMPARE(found(builtIn(), std::string(100'000, '-')), "unknown");
        QCOMPARE(found(builtIn(), "gpt-4o" + std::string(100'000, '1')), "unknown");
    }

    void providersAreKnownByAllTheirNames()
    {
        const std::pair<const char*, const char*> names[] = {
            {"openai.responses", "openai"},
            {"azure.ai.openai", "azure"},
            {"az.ai.inference", "azure"},
            {"aws.bedrock", "aws"},
            {"bedrock_converse", "aws"},
            {"gcp.vertex_ai", "google"},
            {"google_genai", "google"},
            {"anthropic.messages", "anthropic"},
            {"x_ai", "x-ai"},
            {"xai", "x-ai"},
            {"mistral_ai", "mistral"},
            {"Groq", "groq"},
            {"OpenRouter", ""},
            {"litellm_proxy", ""},
            {"together_ai", "together"},
            {"Acme", "acme"},
            {"", ""},
        };
        for (const auto& [name, id] : names)
            QCOMPARE(qt(canonicalProvider(name)), QString::fromLatin1(id));
    }

    void aGlobTakesTextByStarsAndDigitsByHashes()
    {
        QVERIFY(fitsGlob("grok-4.3-20260401", "grok-4.3-########"));
        QVERIFY(!fitsGlob("grok-4.3-2026040x", "grok-4.3-########"));
        QVERIFY(!fitsGlob("grok-4.3-202604011", "grok-4.3-########"));
        QVERIFY(fitsGlob("aXbXc", "a*b*c"));
        QVERIFY(fitsGlob("abbbc", "a*bc"));
        QVERIFY(!fitsGlob("abbbcd", "a*bc"));
        QVERIFY(fitsGlob("", "*"));
        QVERIFY(!fitsGlob("", "#"));
    }

    void rulesCombine()
    {
        using Kind = MatchRule::Kind;
        const auto rule =
            MatchRule::of(Kind::All, {MatchRule::of(Kind::StartsWith, "Gemini"),
                                      MatchRule::of(Kind::Not, std::vector{MatchRule::of(Kind::Contains, "-tts")})});
        QVERIFY(rule.matches("gemini-x"));
        QVERIFY(!rule.matches("gemini-x-tts"));
        QVERIFY(!MatchRule().matches("anything"));
        QVERIFY(MatchRule::of(Kind::EndsWith, "pro").matches("gemini-pro"));
        QVERIFY(MatchRule::regex("(?i)^(openai/)?(gpt-4o)$")->matches("openai/gpt-4o"));
        QVERIFY(MatchRule::regex("GPT-4o")->matches("gpt-4o"));
        QVERIFY(!MatchRule::regex("gpt")->matches("gpt-4o"));
        QCOMPARE(MatchRule::regex("*").error().kind, ErrorKind::Malformed);
    }
};

QTEST_APPLESS_MAIN(ModelNamesTest)
#include "tst_model_names.moc"
