//! The clues by which languages are told apart: letters, words and endings, as tables.

use super::detect::Tongue;
use Tongue::{Arabic, Other, Persian};

/// Letters that fold away but tell languages apart, as typed.
pub const LETTERS: [(&str, Tongue, f32); 14] = [
    ("ةإ", Arabic, 1.2),
    ("أىٱ", Arabic, 0.8),
    ("ؤٍ", Arabic, 0.3),
    // Arabic keyboards in Persian hands write ي and ك, so those count for little.
    ("يك", Arabic, 0.4),
    // Letters of Arabic dialects for p, v and g.
    ("ڤڨ", Arabic, 0.4),
    ("پژ", Persian, 1.2),
    // چ and گ are Persian, but Iraqi and Gulf Arabic write them too.
    ("چگ", Persian, 0.6),
    ("کی", Persian, 1.0),
    ("آ", Persian, 0.2),
    // Urdu keyboards write ہ and ھ for the ه of any language.
    ("ہھ", Other, 0.5),
    ("ے", Other, 1.0),
    // Urdu, Sindhi, Pashto, Kurdish, Uyghur and Azeri letters that neither language has.
    ("ٹڈڑںۓۂ", Other, 1.5),
    ("ټځڅډړږښڼۍېګ", Other, 1.5),
    ("ەڕڵێۆۇۈۋڭڎٺٻٽڀڄڇڊڌڏڙڦڳڱڻ", Other, 1.5),
];

/// Letters with marks, as typed, that Arabizi and Finglish do without: Turkish, Azeri, Kurdish, French, German,
/// Spanish and others.
pub const MARKED: &str = "ışğçöüəßñéèêëàâîïôœæûùáíóúãõåøşţțșčžšćđłżźśąęńěřůý";

/// Words of the Arabic script, folded, that only one of the languages has or uses like this.
pub const WORDS: [(&str, Tongue, f32); 3] = [
    (
        "هل فی علی عن هذا هذه ذلک تلک هولاء التی الذی الذین الی لماذا کیف متی این کم ماذا لا لم لن لیس لیست نعم هو هی انا انت \
         نحن لکن ایضا یمکن یجب بعد قبل عند منذ حول خلال بین حیث کما مما انه انها لدی لدیک لدیه لقد \
         شو وش ایش شنو ایه لیش لیه مش مو مب موب ماکو اکو هیک کده هون هنا هاد هادی هاذا هادشی علاش کیفاش شحال واش بزاف غادی \
         دیال بغیت عافاک قدیش شلون شگد چم هسه مال مالی هوایه بدی ابغی ابی عایز عایزه عاوز بتاع بتاعت ازای امتی فین دلوقتی \
         عندی عندک لی لک له لها معی منی فیه فیها علیه بها به او ام اذا لو حتی بس کمان لسه لسا رح راح عشان علشان یعنی زی مثل \
         اللی الی یلی قد ما من مع کل کان کانت صار صارت یصیر ینفع هاي ودی شی حاجه یجوز ممکن حد حدا وین شکد شکو دا دی ده \
         برضه برضو اوی جدا یا هیدا هیدی هلق هلا شویه ان وان وهو وهی فهو",
        Arabic,
        1.0,
    ),
    (
        "است هست نیست هستم هستند هستید بود بودم بودند باشد باشه باشم شد شده شود شدم میشه میشود نمیشه نمیشود میشن دارد داره دارم \
         دارند دارید داری داشت داشته ندارم ندارد نداره کرد کرده کردم کردن کردند \
         کنم کنه کند کنید کنند میکنه میکند میکنم میکنند میخوام میخواهم میتونم میتوان میتوانم میتواند میتوانید برای واسه از که با \
         به در را رو این ان اون همین چی چیه چیست چه چند چندتا چنده چقدر چطور چطوری چگونه چرا کی کجا کدام کدوم ایا یا هم من تو \
         ما شما انها ایشان انان خیلی یه یک دو سه اگر اگه باید نباید بعد قبل هر هیچ پس خب اره بله نه سلام ممنون لطفا مرسی دیگه \
         دیگر روی توی پیش بین تا همه همچنین همچنان برخی زیر \
         کسی خودم خودش خود منو مال باره درباره مورد بهتره خوبه بشه بکنم بزنم بخورم میزنم میده میدن بگم بگید میباشد میباشند \
         نیز ولی اما چون وقتی هنوز شاید فقط حتما نظر خیر اند خواهد خواهند میگردد گردد \
         داکتر چقه ره بخاطر طی سپس",
        Persian,
        1.0,
    ),
    // As folded; what Urdu, Pashto, Kurdish and Azeri share with the two above tells nothing.
    (
        "کیا میں مجهی اور نهیں هوں هیں کو سی نی پر تها تهی یی لیی لیی گیا کتنی کتنا چاهیی ساتهه بهی جو کر کرنا رها رهی \
         دا چې په ته څه کې یم دي لپاره څخه کوي زما ستاسو تاسو سره ځکه ډیر دغه \
         لە بۆ ئەم وە ئایا چەند هەیە لەگەڵ ئێوە بۆچی چۆن \
         بیر اوچون وار یوخ منیم سنین نئجه نئچه دیر دیل لازیمدیر اولار ائله ایله اولسون هانسی اوچون ایچون",
        Other,
        0.8,
    ),
];

/// Words of the Arabic script, as typed, that only another language has: Pashto, Kurdish, Azeri, Urdu, Malay.
pub const FOREIGN_WORDS: &str = "ہے ہیں کے میں نہیں یہ وہ بھی کیوں کتنے مجھے آپ چاہیے \
     په چې څه لپاره څخه کوي کړي زما زه تاسو تاسي ستاسو لرئ لري لرم څنګه دغه ورته وکړي کولی کولای راته وخت ټوخی \
     بۆ ئەم ئایا چەند هەیە لەگەڵ بەڵام چۆن زۆر دەکات دەبێت \
     اوچون نئچه نئجه لازیمدیر هانسی منیم سنین ائله ائتمک اولار اولور گرک یوخ";

/// Words that are Persian or Arabic alone, but beside letters or words of another language are that language's.
pub const SHARED_WORDS: &str = "کا کو کی سے نے پر تک اور کیا کر ایک ہو ہوں تھا تھی تھے گیا گئی رہا رہی رہے لیے لئے والے والی کرنا کرنے \
     کریں ہوتا ہوتی جا جاتا ساتھ اس ان جو تو \
     د ته دا دي دې دی يم یم یې شي شی وي سره او هم ایا آیا کوم کومه نور هغه له مو مې ولې کله یو يو کې کي یا که ستا زموږ \
     لە چی یە وە وه هەر کەی ئێوە بۆچی من تۆ \
     بیر وار دیر دیل ایچون بو نه ایله";

/// Words in Latin letters.
pub const LATIN_WORDS: [(&str, Tongue, f32); 4] = [
    (
        "el al il fe fi fel fil bel bil lel wel wil lil 3ala 3la 3an ana enta enti ente enty howa heya howwa hiyya eh ezay ezzay \
         leh lesh lech leih laish laysh kaam bekam bikam 2ad addeh adeh 2adeh ad2adeh 2addesh addesh adesh 2adaysh adaysh adeish \
         2adeish gadesh emta mta imta feen wein wayn wain mesh msh mish mush mosh mu mub mob mahu bas bass kaman law lw wala wla \
         walla wella hal hya shu sho shou shnu sheno shno chno chnou wesh wesh2 wash wach ash ach esh aish ayesh eish 3ayez \
         3ayza 3awez 3ayzeen biddi beddi baddi badi 3andi 3ndi 3ndy 3andy 3endi 3endy gedan jiddan awi awy 2awi kteer ktir kateer \
         kthir kthier bzaf bezzaf ba3d ba3ed 2abl 2abel gabl ma3 ma3a mafi mafish mafeesh fih feh fyh feeh fiha feeha da di dah \
         deh da7 lazem lazim momken mumkin mumken yenfa3 byenfa3 yonfa3 ynfa3 btenfa3 kol kull kul lama lamma hay hada hatha hadi \
         hadha shlon shloon shlonkom chhal chhel bch7al bghit bghet dyal dyali kayn kayna wakha 3afak ila hadchi had kifach 3lach \
         lach waqtach fuqach ghadi daba awal aywa aiwa aywa la2 laa na3am naam sho8l she wa2t halla2 hal2 hla2 lessa lissa \
         3ashan 3shan 3alashan kida keda heik hek hik zay zayy metl mitl matl elly elli illi yalli li lli men min meen ba3den \
         ba3dein tab tayeb tayyib yalla inshallah insha2allah shukran shokran afwan marhaba sabah masa keefak kifak kifik keef \
         kif kayf kayfa mata matha madha limatha ayna hatta etha iza lw sawit asawi asawwi abgha abi aby wede widdi weddi shway \
         shwaya shwayya hwaya hwaye shgad shged shkad shgd hassa hasa aku akou maku makou chan",
        Arabic,
        1.0,
    ),
    (
        "chand chandta chan chanta che chi chie chiye chist chetor chetori chejoori chejuri chera koja kodum kodoom kodam key mishe \
         mesheh misheh nemishe nemisheh mishavad nemishavad dare dareh nadare nadareh daram nadaram darad nadarad darand daran \
         dashte dashtam ast hast nist bashe basheh bashad bood bud boodam budam shod shode shodeh shodam mikone mikoneh mikonam \
         mikonad mikonan mikonin mikonid nemikone nemikonam mikhaam mikham mikhastam mikhad mikhahad mikhaham mikhay bayad bayd \
         nabayad baraye barai barae vase vaase baraam azash azsh ba ra ro ru agar age ageh ke oon un yek yeki ye ya do se man \
         ma shoma khoob khube khubeh khobe khoobe khoobeh behtar behtare behtarin bad badesh baad badsh ghabl qabl ghablesh az ham \
         hame hamash faghat kheili kheyli kheli khili shodan konam kone konan konim konid konin beshe besheh bezanam bezane bezanim \
         mituni mitunam mitoonam mitoonim mitune mitoone mitavanam mitavan mitavanad mituni mishin mishan salam mersi merci mamnun \
         mamnoon cheghad cheghadr cheqadr cheghadar cheqad cheghade zaman tool toole mikeshe mikesheh lazem lazeme lazemeh ezafe \
         tooye tuye too tu rooye ruye roo kardan karde kardam kardeh dard miad miyad mire mireh nemire miresh beram biam miram \
         misham nemisham joori jur juri modat moddat rooz ruz hafte hafteh mah sal saat emruz emrooz farda dige digeh dg hanooz \
         hanuz hala alan yani chon vali amma aya kasi kasayi adam khodam khodesh shomaha onha una chiza chizi chiz hich harki \
         khodafez khodahafez azizam lotf lotfan kardi bashid bashim bashan hastam hastand hasti hastid hastin nistam budan boudan \
         naboud nabood haye hay haa raa maa aan shomaa baraaye baa een hamin hamoon inja oonja ounja bedune bedoone bedoun doost \
         dust pas hichi kheir areh are baleh khanom khanoum agha",
        Persian,
        1.0,
    ),
    (
        "the is are was were am been being what how much long does did doing done can could should would will shall may might must \
         i i'm im my me mine your yours you it its it's of for with without and or not after before there any about from have has \
         had this that these those when where why who which whose if then than because but also just some more most other another \
         only really please thanks thank hello hi we our us they them their his her she he get got getting take need want know \
         make feel help tell ask use using used every each between during until while into over under on by as so too very \
         \
         le les des est que quoi combien pour dans avec une un je mon vous nous il elle apres avant quel quelle quels quelles peut \
         fait faire sont pas plus sur ou comment pourquoi bonjour merci seance seances visage peau cheveux cela ca ce cette du au \
         aux mes votre \
         bir ne mi mu icin kac nasil var yok ve bu ile sonra once kadar cok gibi daha ben sen biz siz degil neden nerede hangi evet \
         hayir olur mudur midir yapilir yaptirmak istiyorum seans \
         der die das den dem ist und wie viel viele ich sie wir ein eine nicht mit fur von zu auf nach vor wann warum wo kann muss \
         haut haare bitte danke hallo \
         cuanto cuantas cuantos cuando donde por para los las una uno es esta son como pero muy mas despues antes tengo puedo hola \
         gracias sesiones piel cara pelo quanto quante quando dove perche sono questo quanti sedute pelle viso capelli sessoes \
         pele depois \
         apa berapa saya yang untuk tidak bagaimana setelah bisakah \
         hoeveel wat zijn een het voor niet hoe ik \
         ez tu ji li bo dikim dixwazim heye tune cawa cend kengi \
         skolko kak chto posle posl do dlya mozhno",
        Other,
        1.0,
    ),
    // What English questions on a treatment are made of; Arabic and Persian messages borrow these words too.
    (
        "side effects effect skin hair face session sessions pain painful hurt hurts cost costs price safe safely treatment \
         treatments doctor pregnant pregnancy breastfeeding week weeks day days month months hour hours year years times time many \
         loss results result last lasts eyes eye dark circles needle needles injection injections swelling bruise bruises bruising \
         redness makeup wash shower sun exercise gym sport aspirin medicine medication drink alcohol smoking smoke coffee good bad \
         best better worse normal first second next old new body neck hands risk risks dangerous benefits benefit work works \
         working difference versus compared infection allergic allergy allowed avoid prepare preparation aftercare recovery healing \
         heal scars scar wrinkles wrinkle spots acne hyperpigmentation suitable men women mother sister friend diabetes diabetic \
         cancer blood pressure book appointment clinic effective does experience reviews permanent chest bleeding breathe breathing \
         can't cannot face's",
        Other,
        0.5,
    ),
];

/// Names of treatments, drugs and substances that every language writes alike: they tell nothing.
pub const BORROWED: &str = "prp meso mezo mesotherapy mesoterapi mesotherapie mesoterapia mezotherapy mezoterapi mizo botox filler fillers laser \
     hyaluronic hyaluron acid vitamin vitamins collagen cellulite aspirin warfarin minoxidil dna pdrn hifu rf dermapen dermaroller \
     derma roller pen microneedling peeling plasma plasmapheresis gel serum hydrafacial biotin glutathione retinol cream lifting \
     facial mesolift mesobotox ok vip covid insulin instagram whatsapp dr";

/// Spellings of sounds that Latin languages seldom have, and Arabizi and Finglish need.
pub const SOUNDS: [&str; 5] = ["kh", "gh", "aa", "zh", "dj"];

/// Endings of English, French and German words that Arabizi and Finglish seldom have.
pub const LATIN_ENDINGS: [&str; 24] = [
    "tion", "tions", "sion", "ment", "ments", "ing", "ings", "ness", "ful", "ous", "ally", "ently", "ble",
    "ght", "ther", "ance", "ence", "ique", "eux", "eaux", "ung", "isch", "lich", "mente",
];
