"""Language: Swedish and English told apart by page and by line, others recognised, too little said to be unknown."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handslag.language.identify import READ, language_of, line_language, says_enough

PAGES = {
    "sv": "Regionen och universitetet ska under våren inrätta en gemensam testbädd, säger de som har skrivit avtalet.",
    "en": "The region and the university will set up a joint test bed in the spring, say those who have signed the agreement.",
    "fi": "Yliopisto ja alue ovat sopineet, että ne aloittavat yhteistyön ensi vuoden alussa, ja se on hyvä, mutta ei valmis.",
    "de": "Die Universität und die Region haben sich auf eine Zusammenarbeit geeinigt, die im Frühjahr mit dem Bau beginnt.",
    "no": "Universitetet og regionen er blitt enige om å samarbeide, men de har ikke begynt etter sommeren, og det er også bra.",
    "da": "Universitetet og regionen er blevet enige om at samarbejde, men de har ikke begyndt efter sommeren, og det er også godt.",
    "fr": "L'université et la région ont signé un accord pour une collaboration qui est dans le plan, mais elle ne commence pas.",
}

OTHERS = {
    "lv": (
        "Rīgas slimnīca un universitāte šodien parakstīja līgumu par jaunu laboratoriju. "
        "Mēs to uzbūvēsim līdz 2027. "
        "gadam, saka direktore Anna Bērziņa. "
        "Projekts tiek finansēts no Eiropas Savienības līdzekļiem, un tajā strādās simts pētnieku. "
    ),
    "lt": (
        "Vilniaus ligoninė ir universitetas šiandien pasirašė sutartį dėl naujos laboratorijos. "
        "Ją pastatysime iki 2027 metų, sako direktorė Anna Petraitienė. "
        "Projektas finansuojamas iš Europos Sąjungos lėšų, jame dirbs šimtas mokslininkų. "
    ),
    "hu": (
        "A szegedi kórház és az egyetem ma megállapodást írt alá egy új laboratóriumról. "
        "Azt mondja Kovács Anna igazgató, hogy 2027-ig meg is épül. "
        "A projektet az Európai Unió is támogatja, és száz kutató dolgozik majd benne. "
    ),
    "tr": (
        "Ankara hastanesi ve üniversite bugün yeni bir laboratuvar için anlaşma imzaladı. "
        "Müdür Ayşe Yılmaz, binanın 2027 yılına kadar tamamlanacağını söyledi. "
        "Proje Avrupa Birliği tarafından finanse ediliyor ve yüz araştırmacı çalışacak. "
    ),
    "id": (
        "Rumah sakit dan universitas hari ini menandatangani perjanjian tentang laboratorium baru. "
        "Kami akan membangun gedung itu pada tahun 2027, kata direktur Anna Wijaya. "
        "Proyek ini didanai oleh pemerintah dan seratus peneliti akan bekerja di sana. "
    ),
    "la": (
        "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore magna aliqua. "
        "Ut enim ad minim veniam, quis nostrud exercitation ullamco laboris nisi ut aliquip ex ea commodo consequat. "
    ),
    "is": (
        "Sjúkrahúsið og háskólinn undirrituðu í dag samning um nýja rannsóknarstofu. "
        "Við byggjum hana fyrir árið 2027, segir Anna Jónsdóttir forstjóri. "
        "Verkefnið er fjármagnað af Evrópusambandinu og þar munu hundrað vísindamenn starfa. "
    ),
    "fo": (
        "Sjúkrahúsið og fróðskaparsetrið undirskrivaðu í dag ein sáttmála um eitt nýtt starvsstovuhús. "
        "Vit fara at byggja tað í 2027, sigur Anna Joensen stjóri. "
        "Verkætlanin verður fíggjað av Evropasamveldinum og hundrað granskarar skulu arbeiða har. "
    ),
    "se": (
        "Sámediggi ja Romssa universitehta leat odne vuolláičállán šiehtadusa ođđa laboratoriija birra. "
        "Mii hukset dan ovdal jagi 2027, dadjá direktevra Anna Sara. "
        "Prošeavtta ruhtada Eurohpa Uniovdna ja čuohte dutki barget doppe. "
    ),
    "pt": (
        "O hospital e a universidade assinaram hoje um acordo sobre um novo laboratório. "
        "Vamos construí-lo até 2027, diz a diretora Ana Silva. "
        "O projeto é financiado pela União Europeia e cem investigadores vão trabalhar lá, mas não antes de maio. "
    ),
    "ro": (
        "Spitalul și universitatea au semnat astăzi un acord privind un laborator nou. "
        "Îl vom construi până în 2027, spune directoarea Ana Popescu. "
        "Proiectul este finanțat de Uniunea Europeană și o sută de cercetători vor lucra acolo. "
    ),
    "cs": (
        "Nemocnice a univerzita dnes podepsaly smlouvu o nové laboratoři. "
        "Postavíme ji do roku 2027, říká ředitelka Anna Nováková. "
        "Projekt je financován z prostředků Evropské unie a bude v něm pracovat sto výzkumníků. "
    ),
    "hr": (
        "Bolnica i sveučilište danas su potpisali sporazum o novom laboratoriju. "
        "Izgradit ćemo ga do 2027. "
        "godine, kaže ravnateljica Ana Horvat. "
        "Projekt se financira iz sredstava Europske unije, a u njemu će raditi sto istraživača. "
    ),
    "sq": (
        "Spitali dhe universiteti nënshkruan sot një marrëveshje për një laborator të ri. "
        "Do ta ndërtojmë deri në vitin 2027, thotë drejtoresha Ana Hoxha. "
        "Projekti financohet nga Bashkimi Evropian dhe aty do të punojnë njëqind kërkues. "
    ),
    "eu": (
        "Ospitaleak eta unibertsitateak laborategi berri bati buruzko akordioa sinatu dute gaur. "
        "2027rako eraikiko dugu, dio Ane Etxeberria zuzendariak. "
        "Proiektua Europar Batasunak finantzatzen du eta ehun ikertzailek lan egingo dute bertan. "
    ),
    "ca": (
        "L'hospital i la universitat han signat avui un acord sobre un nou laboratori. "
        "El construirem abans del 2027, diu la directora Anna Puig. "
        "El projecte està finançat per la Unió Europea i hi treballaran cent investigadors. "
    ),
    "cy": (
        "Mae'r ysbyty a'r brifysgol wedi llofnodi cytundeb heddiw am labordy newydd. "
        "Byddwn yn ei adeiladu erbyn 2027, meddai'r cyfarwyddwr Anna Jones. "
        "Ariennir y prosiect gan yr Undeb Ewropeaidd a bydd cant o ymchwilwyr yn gweithio yno. "
    ),
    "sw": (
        "Hospitali na chuo kikuu zimetia saini leo makubaliano kuhusu maabara mpya. "
        "Tutaijenga kabla ya mwaka 2027, anasema mkurugenzi Anna Juma. "
        "Mradi huo unafadhiliwa na Umoja wa Ulaya na watafiti mia moja watafanya kazi huko. "
    ),
    "vi": (
        "Bệnh viện và trường đại học hôm nay đã ký thỏa thuận về một phòng thí nghiệm mới. "
        "Chúng tôi sẽ xây dựng trước năm 2027, giám đốc Nguyễn Anna nói. "
        "Dự án do Liên minh châu Âu tài trợ. "
    ),
    "tl": (
        "Ang ospital at ang unibersidad ay lumagda ngayon ng kasunduan tungkol sa bagong laboratoryo. "
        "Itatayo namin ito bago ang 2027, sabi ni direktor Anna Cruz. "
        "Ang proyekto ay pinopondohan ng Unyong Europeo at sandaang mananaliksik ang magtatrabaho roon. "
    ),
    "ru": (
        "Больница и университет сегодня подписали договор о новой лаборатории. "
        "Мы построим её до 2027 года, говорит директор Анна Иванова. "
        "Проект финансируется Европейским союзом. "
    ),
    "el": (
        "Το νοσοκομείο και το πανεπιστήμιο υπέγραψαν σήμερα συμφωνία για ένα νέο εργαστήριο. "
        "Θα το χτίσουμε έως το 2027, λέει η διευθύντρια Άννα Παππά. "
        "Το έργο χρηματοδοτείται από την Ευρωπαϊκή Ένωση. "
    ),
    "zh": (
        "医院和大学今天签署了关于新实验室的协议。我们将在2027年之前建成，主任安娜说。该项目由欧盟资助，将有一百名研究人员在那里工作。 The hospital is in the city. "
    ),
}


@pytest.mark.parametrize("language", PAGES)
def test_the_language_of_a_page_is_told_by_its_function_words(language: str) -> None:
    assert language_of(PAGES[language]) == language


@pytest.mark.parametrize("text", ["", "   \n", "12 345 %", "Vinnova Almi Karolinska", "Kontakt"])
def test_too_few_words_give_no_language(text: str) -> None:
    assert language_of(text) == ""


def test_a_line_in_the_other_language_is_known_as_such_on_a_page_in_either() -> None:
    assert line_language(PAGES["en"], "sv") == "en"
    assert line_language(PAGES["sv"], "en") == "sv"
    assert line_language(PAGES["en"], "fi") == "en"


@pytest.mark.parametrize("line", ["Vinnova", "12 %", "", "Contact us"])
def test_a_line_that_does_not_say_is_in_the_language_of_its_page(line: str) -> None:
    for main in READ:
        assert line_language(line, main) == main


def test_upper_case_does_not_hide_the_language() -> None:
    assert language_of(PAGES["sv"].upper()) == "sv"


@given(st.text(), st.sampled_from(["sv", "en", "fi", ""]))
def test_any_text_has_a_known_code_or_none(text: str, main: str) -> None:
    assert len(language_of(text)) in (0, 2)
    assert line_language(text, main) in {main, *READ}


@pytest.mark.parametrize("language", OTHERS)
def test_a_text_in_a_language_that_is_not_known_is_taken_for_none(language: str) -> None:
    for text in (OTHERS[language], "\n".join([OTHERS[language]] * 5), OTHERS[language].upper()):
        assert language_of(text) == ""
        assert says_enough(text)


@pytest.mark.parametrize("language", READ)
def test_a_known_language_is_told_with_letters_of_any_composition_and_names_of_any_country(language: str) -> None:
    assert language_of(unicodedata.normalize("NFD", PAGES[language])) == language
    names = "Łukasz Żółtowski, Þórunn Kvaran, Ángel Núñez, Şafak Çelik, Đorđe Ilić, Jānis Bērziņš"
    assert language_of(f"{PAGES[language]} {names}.") == language


def test_letters_that_only_one_of_two_languages_has_decide_between_them() -> None:
    assert language_of("Det är en ökning för och med de länder som har det.") == "sv"
    assert language_of("Det er en økning for og med de lande som har det.") in ("da", "no")
