"""Words of medicine that look like names:

eponyms, drugs, heads of eponymous terms, well-known institutions.
"""

import re

from wardcast.check.data import rows
from wardcast.check.gazetteers.folding import listed, phrases


def _file(name: str) -> frozenset[str]:
    """The lines of a list beside the code."""
    return frozenset(row[0] for row in rows(name))


SURE_EPONYMS = listed(
    """
    addison addisons adson alzheimer alzheimers apgar asperger aspergers babinski baker
    ballard barrett barretts bartholin bell bells bence bier billroth bishop bland bowen
    bowman bright broca brodie brudzinski brugada buerger burkitt caesarean celsius chaddock
    charcot chiari chvostek colles cooper coombs cotton cowper crohn crohns cullen cushing
    cushings doppler down downs dupuytren ebstein ehlers danlos eisenmenger epley epstein
    barr erb ewing fabry fahrenheit fallot fanconi fallopian foley fournier framingham
    fowler frank friedreich galeazzi gaucher ghon giemsa gilbert glasgow glisson goodpasture
    gram grave graves grawitz guillain barre guthrie hansen hashimoto hashimotos hawkins
    heimlich heberden henoch hirschsprung hodgkin hodgkins hoffmann holter homan homans
    horner huntington huntingtons hutchinson jendrassik kaposi kawasaki kegel kernig
    kiesselbach killip kocher korotkoff korsakoff krebs kussmaul lachman langerhans lasegue
    legionnaires lewy lhermitte lou gehrig ludwig lyme mallory mantoux marburg marfan
    mcburney mcmurray meckel meniere menieres merkel meckel monteggia montgomery morton
    munchausen murphy murphys osgood schlatter osler oslers ortolani barlow paget pagets pap
    papanicolaou parkinson parkinsons peyronie phalen plummer pott purkinje quincke ramsay
    hunt ranson raynaud raynauds reiter reye reinke richter rinne romberg roth rovsing
    salmonella salter harris schilling schmidt sengstaken sheehan simmonds sims sjogren
    skene snellen spurling stevens stokes sturge weber sydenham swan ganz takayasu tanner
    tay sachs tinel tietze tourette tourettes trendelenburg treponema trousseau turner
    valsalva virchow von willebrand waldenstrom waterhouse wegener wells wernicke westphal
    whipple wilms wilson wilsons wolff parkinson white wood yersinia zollinger ellison
    thomas salter kehr allen finkelstein thompson wright yergason boerhaave mallampati
    bristol braden rockall blatchford child pugh naegele pfannenstiel yankauer hippocrates
    hippocratic
    """
)
"""Names of diseases, signs, scores and instruments that are rarely anybody else's."""

_MORE_EPONYMS = listed(
    """
    adie aldrich alport ambler angelman apgars apley argyll asberg asherman ashman assmann auer
    auspitz baastrup bair balkan balthazar bandl bankart banti barrs barthel bartholins bartter
    bayley behcet behcets bentall bernard billings binet binswanger biot bishops blackfan
    boerhaaves bouchard boutonniere bouveret bowmans brackmann brandt braxton breslow broviac
    bruton budd burch burkitts calve canavan cantlie capgras caplan caroli castleman chagas
    charcots chediak cheyne chikungunya chopart cobb conn conners corrigan cotard courvoisier
    cowden creutzfeldt crigler cronkhite cusco darier daroff dequervain dercum devic dietz
    dieulafoy digeorge dix dorfman dravet dressler dubin duffy durkan eaton ebola erdheim
    fanconis felty fitz fleischner fontan forchheimer forrest foville francis fregoli
    friderichsen froment ganser gartner gastaut gell gerstmann ghons gilberts gitelman glanzmann
    gottron gubler guyon hallpike hamilton hamman hampton hartmann hauser heaf heberdens
    heerfordt hegglin heinz heller henle herxheimer hickman hicks higashi hinchey hirschsprungs
    hoover howell hugger ilizarov imrie ivor jacksonian jakob janeway jarisch jeghers jolly
    karnofsky kartagener kasai kearns kienbock kikuchi killian kimmelstiel kirschner kleffner
    klinefelter koebner koplik korsakov kounis krabbe krukenberg kubler kuster ladd lambert
    landau langdon lansky lassa lawton legg lenegre lennox leopold lesch letterer lev leydig
    liddle lille lisfranc loeys lofgren maddrey maisonneuve mantouxs maslow mckeown mcroberts
    meckels meigs menetrier millard mirizzi mobius mockler mohs montgomerys morquio muckle
    muehrcke mustard nabothian najjar nezelof niemann nikolsky nipah nissen noonan nyhan ogilvie
    ohtahara osborn othello pancoast pappenheimer parinaud parkland pastia patau pavlik perthes
    peutz philadelphia pierre pilon pompe ponseti potts prader quervain ramstedt ranke rankin
    rasmussen refsum rett riedel rockalls rokitansky rolando rorschach rosai rouleaux roux sayre
    schamroth schatzki scheinker scheuermann schistosoma schmorl schnitzler schuller schwabach
    schwachman segond seldinger semont senning sequard sertoli sezary soulier steinmann
    sternberg straussler stroop swanneck sweets takotsubo tanners tenckhoff thessaly tillaux
    treacher tsutsugamushi turcot uhthoff vinson waldmann wallenberg wartenberg waterlow
    wechsler weil weiss wellens wertheim westermark whipples wickham willi winter wiskott wolman
    allis alvarado amsel amsler bakri bassini baumgarten baveno bitot blalock blount brescia
    brushfield bunnell cabrol caprini capurro carnett carvallo casoni conns coude councill
    crutchfield cruveilhier danis debakey dubowitz duhamel dunphy durie duroziez eichhoff
    epworth eschmann ferriman finnstrom fite fleischer fothergill freiberg frykman fuchs fukuda
    gaenslen gallow gallwey gleason groshong guedel gustilo hartmanns ishihara ison jatene jobe
    kayser kerley kopliks kuntscher lanz lauge lefort lehane lembert lichtenstein magill malecot
    mapleson masson maylard mcvay musset neelsen neer nuss ober okuda pauwels perls pezzer
    pinard rashkind rastelli ravitch risser rosenbach rumack sarnat schatzker schober scribner
    sellick shirodkar shouldice sinding soave spetzler spiegelberg stener stoppa swenson tinetti
    toupet traube troisier unterberger veress widal ziehl yale zavanelli zenker zieve zika zung
    """
)
"""Those that many people have for a name: they count with what they are the name of."""

EPONYMS = SURE_EPONYMS | _MORE_EPONYMS
"""Names that stand in the names of diseases, signs, scores and instruments."""

EPONYM_HEADS = listed(
    """
    disease diseases syndrome sign signs reflex reflexes score scores scale palsy criteria
    criterion maneuver manoeuvre maneuvre test tests catheter catheters procedure
    classification lymphoma sarcoma tumor tumour tumors ataxia chorea aphasia dementia
    fracture fractures forceps retractor clamp tube position line lines triad tetralogy law
    effect phenomenon node nodes cell cells body bodies gland glands fever virus solution
    stain method index formula equation staging grade grading technique operation repair
    splint contracture pouch cyst ulcer oesophagus esophagus point anomaly malformation
    factor encephalopathy nephropathy neuropathy thyroiditis arthritis colitis vasculitis
    angina murmur breathing respiration gait spots nodules chart monitor view views incision
    stitch suture scissors study trial protocol model modification murmur rule rules ring
    plexus area angle ligament fascia tendon deformity hernia membrane medium plot curve
    block agar dystrophy exercises exercise calculator coma tool paralysis ultrasound
    headache guideline guidelines levels level questionnaire nerve canal tear lesion purpura
    granulomatosis macroglobulinemia disorder trap valve position
    """
)
"""What a name before it makes a term of medicine: "Chaddock reflex", "Wells score"."""

DRUGS = listed(
    """
    advil tylenol motrin aleve excedrin eliquis xarelto pradaxa coumadin plavix ozempic
    wegovy mounjaro zepbound rybelsus trulicity victoza lantus humalog novolog januvia
    jardiance farxiga invokana metformin glucophage lipitor crestor zocor repatha praluent
    norvasc zestril diovan cozaar lasix aldactone entresto zoloft prozac lexapro celexa
    paxil effexor cymbalta wellbutrin xanax ativan valium klonopin ambien lunesta seroquel
    abilify zyprexa risperdal haldol lithium depakote lamictal keppra dilantin tegretol
    neurontin lyrica topamax adderall ritalin vyvanse concerta strattera suboxone narcan
    vivitrol percocet vicodin norco oxycontin dilaudid fentanyl ketamine propofol versed
    benadryl zyrtec claritin allegra flonase singulair albuterol ventolin advair symbicort
    spiriva prednisone medrol humira enbrel remicade stelara cosentyx dupixent keytruda
    opdivo herceptin avastin rituxan gleevec viagra cialis flomax proscar propecia accutane
    retinol botox nexium prilosec pepcid zantac protonix zofran reglan imodium miralax
    colace dulcolax pepto tums mucinex sudafed robitussin nyquil dayquil tamiflu paxlovid
    valtrex zovirax augmentin keflex bactrim cipro levaquin zithromax vancomycin rocephin
    aspirin calpol nurofen panadol mirena nexplanon depo gardasil shingrix prevnar moderna
    pfizer epipen insulin heparin warfarin digoxin aricept namenda sinemet gabapentin
    tramadol lidocaine marcaine levophed cardizem lopressor toprol statin statins ibuprofen
    acetaminophen paracetamol naproxen melatonin synthroid armour evista fosamax prolia
    boniva bumex demadex buspar luvox remeron pristiq trintellix latuda vraylar rexulti
    invega geodon saphris caplyta nuplazid belsomra restoril provigil nuvigil chantix zyban
    antabuse vivitrol lyrica horizant savella celebrex mobic toradol voltaren ultram nucynta
    flexeril soma skelaxin zanaflex lioresal imitrex maxalt nurtec ubrelvy aimovig emgality
    topiramate inderal tenormin coreg bystolic benicar micardis atacand avapro vaseretic
    ranexa multaq brilinta effient zetia welchol tricor lovaza vascepa nesina tradjenta onglyza
    glucotrol amaryl actos symlin tresiba toujeo levemir basaglar apidra afrezza cytomel
    premarin provera depo-provera yaz nuvaring plan evra clomid femara letrozole arimidex
    tamoxifen lupron zoladex casodex xtandi zytiga ibrance xeloda taxol taxotere carboplatin
    cisplatin gemzar alimta tagrisso tarceva otezla xeljanz rinvoq olumiant orencia actemra
    simponi cimzia kineret taltz tremfya skyrizi entyvio asacol lialda linzess amitiza xifaxan
    creon carafate bentyl levsin viberzi lomotil anzemet emend compazine phenergan tigan
    macrobid pyridium detrol vesicare myrbetriq oxytrol avodart jalyn levitra stendra
    truvada descovy biktarvy genvoya tivicay epclusa harvoni mavyret baraclude relenza xofluza
    """
) | _file("drugs.txt")

_MEDICAL = re.compile(
    r".+(?:itis|osis|oses|emia|aemia|oma|omas|pathy|ectomy|ostomy|otomy|plasty|scopy|graphy|"
    r"algia|uria|penia|"
    r"cytes?|mab|nib|pril|sartan|statin|olol|azole|cillin|mycin|cycline|floxacin|dipine|"
    r"prazole|tidine|"
    r"gliptin|gliflozin|glutide|triptan|setron|parin|xaban|gatran|zepam|zolam|barbital|caine|"
    r"dronate|"
    r"lukast|terol|olone|emic|otic|itic|ology|ologist|ists?|plegia|paresis|trophy|toxin|"
    r"globin|tension|"
    r"amine|idate|azine|tinib|navir|tavir|clovir|buvir|asvir|amivir|tegravir|ciclib|phylline|"
    r"thiazide|semide|profen|triptyline|pramine|oxetine|apine|idone|piprazole|dronic|parib|taxel|"
    r"platin|rubicin|fungin|conazole|bactam|penem|cycloserine|mustine|trexate|steride|gliflozin|"
    r"thyroidism|ism|rrhea|rrhoea|rrhage|edema|oedema|lysis|pnea|pnoea|cardia|phagia|phasia|"
    r"ase|ation|tarsals?|carpals?|icular|pleural|vertebral|ular|eal|"
    r"ness|ment|ing|ly)\Z"
)


def medical(word: str) -> bool:
    """Whether a folded word reads as a term of medicine, or as a plain derived word, and not as a
    name.
    """
    return word in DRUGS or _MEDICAL.match(word) is not None


SHORTHAND = _file("shorthand.txt")
"""What clinicians type for short, and organisms."""

ABBREVIATIONS = (
    listed(
        """
    abg abx acei acs adhd adl afb alt aptt arb ards asd ast bcg bili bmi bnp bpd bph bppv bpm
    cabg cad cbt ccb ckd cmv cns cpk crcl crrt csf ctpa cva cvid cvp cxr dic dka dlco dmard
    dmards dsm eeg egd egfr emg eos eos/hpf esbl esr esrd etoh fev fna fsh gbs gca gcs gfr gist
    glp gtn hba hbaic hcg hctz hdl hep hfnc hiit hlh hpf hrt hsv htn ibd icp igg igm inr itp iud
    ivc ivf ivig jvp kub ldl lft lfts loc lsd ltot mcp mcv mds mdma melas meld mgus mmse moca
    mrcp mrsa mtp mtx nac nafld ndmd nicu nihss nnt noac npo nsaid nsaids nstemi ocd odt olt
    orif pacu pcos pcp pcr pda peep pet pfo pft pfts phq picc picu plex pmr pneumo pots ppd ppi
    ppis ppx prbc pretest prolactin prp psa pth pthrp ptsd ptt qtc qtcf quantiferon rbc rdw rnp
    rosc rsi rsv rta rvr sats sdh sglt siadh sicu sirs slit snri sob spect spo ssri ssris stemi
    std sti svt tavi tbi tce tens tiva tlc tmj tmp tnf toc tpa tpn trab trop tsh tte tee tti
    turp txa uacr uri usmle vap vbac vbg vf vtach vt vte vzv wbc wpw xr ygtss zofran gamma
    omicron epsilon folfox folfiri folfirinox rchop abvd bep folfoxiri flot capox xelox ptld
    tx'd dx'd rx'd vori posa ambi clonus parvo fistula dialyse dialyze dialysed folate vibrio
    klebsiella proteus serratia pseudomonas listeria nocardia aspergillus borrelia bartonella
    brucella babesia ehrlichia rickettsia coxiella legionella mycoplasma chlamydia shigella
    campylobacter helicobacter enterococcus acinetobacter stenotrophomonas burkholderia
    neisseria moraxella haemophilus bordetella pasteurella francisella toxoplasma giardia
    birads ciwa figo pirads tirads
    entamoeba trichomonas leishmania plasmodium falciparum strongyloides ascaris schistosoma
    echinococcus
    """
    )
    | SHORTHAND
)
"""What is said and typed in capitals or without, and is nobody's name."""

PUBLIC_FIGURES = phrases(
    """
    hakaru hashimoto, alois alzheimer, harvey cushing, henry heimlich, carl wunderlich, cicely
    saunders, elisabeth kubler ross, wilhelm rontgen, wilhelm roentgen, karl landsteiner,
    frederick banting, jonas salk, albert sabin, paul ehrlich, rudolf virchow, andreas vesalius,
    galen of pergamon, rene laennec, willem einthoven, werner forssmann, andreas gruentzig,
    christiaan eijkman, walter reed, carlos finlay, elizabeth blackwell, rebecca lee crumpler,
    mary seacole, clara barton, dorothea dix, jean martin charcot, sigmund freud, carl jung,
    aaron beck, emil kraepelin, oliver wendell holmes, percivall pott, edward doisy, gertrude
    elion, tu youyou, katalin kariko, drew weissman, francoise barre sinoussi, luc montagnier,
    bennet omalu, damar hamlin, lou gehrig, frank netter, ancel keys, archie cochrane, iain
    chalmers, david sackett, gordon guyatt, john ioannidis, ben goldacre, austin bradford hill,
    john snow, william withering, samuel hahnemann, franz mesmer, ignaz semmelweis, michael
    debakey, denton cooley, vivien thomas, alfred blalock, daniel hale williams, ben carson,
    sanjay gupta, vivek murthy, rochelle walensky, anthony fauci, deborah birx, everett koop,
    abraham flexner, ernest codman, donald berwick, peter pronovost, lucian leape, don berwick,
    rene favaloro, wilson greatbatch, bernard lown, peter safar, asmund laerdal, archie brain,
    robert macintosh, ivan magill, ronald melzack, hans selye, bessel van der kolk, gabor mate,
    brene brown, temple grandin, leo kanner, hans asperger, uta frith, john langdon down, jerome
    lejeune, gregor mendel, rosalind franklin, linus pauling, louis pasteur, emil von behring,
    shibasaburo kitasato, alexandre yersin, hideyo noguchi, kiyoshi shiga, alphonse laveran,
    theodor billroth, emil kocher, lawson tait, crawford long, arthur conan doyle, john keats,
    anton chekhov, william carlos williams, michael crichton, abraham verghese, paul kalanithi,
    siddhartha mukherjee, jennifer temel, susan sontag, frida kahlo, franklin roosevelt,
    franklin d roosevelt, john f kennedy, ronald reagan, nancy reagan, betty ford, winston
    churchill, abraham lincoln, king george, queen victoria, ludwig van beethoven, van gogh,
    vincent van gogh, frederic chopin, emily dickinson, virginia woolf, ernest hemingway,
    freddie mercury, muhammad ali, michael phelps, naomi osaka, venus williams, patrick mahomes,
    christian eriksen, christopher reeve, emilia clarke, hailey bieber, billie eilish, miley
    cyrus, celine dion, christina applegate, selma blair, olivia newton john, kylie minogue,
    ruth bader ginsburg, alex trebek, james gandolfini, philip seymour hoffman, prince harry,
    whitney houston, amy winehouse, kurt cobain, jimi hendrix, elvis presley, john lennon, paul
    mccartney, francia raisa, tiger woods, kobe bryant, tom cruise, leonardo dicaprio, dwayne
    johnson, jamie foxx, morgan freeman, julia roberts, halle berry, mona lisa, bee gees, marie
    antoinette, julius caesar, napoleon bonaparte, leonardo da vinci, santa claus, mother
    teresa, dalai lama, pope francis, mahatma gandhi, bob marley, mother goose, humpty dumpty,
    sherlock holmes, peter pan, mary poppins, mickey mouse, darth vader, luke skywalker, marcus
    welby, doogie howser, john dorian, cristina yang, leonard mccoy, new england journal, dr
    nick, dr phil, dr fauci, dr mike varshavski, taylor swift, virginia apgar, joe biden, donald
    trump, barack obama, michelle obama, kamala harris, hillary clinton, bill clinton, george
    bush, boris johnson, rishi sunak, keir starmer, florence nightingale, alexander fleming,
    edward jenner, marie curie, william osler, joseph lister, christiaan barnard, atul gawande,
    oliver sacks, elon musk, bill gates, steve jobs, mark zuckerberg, jeff bezos, oprah winfrey,
    kim kardashian, kanye west, tom hanks, michael jackson, michael j fox, angelina jolie,
    selena gomez, justin bieber, lady gaga, charlie sheen, magic johnson, lance armstrong, robin
    williams, matthew perry, stephen hawking, albert einstein, henrietta lacks, rosa parks,
    martin luther king, nelson mandela, princess diana, king charles, queen elizabeth, kate
    middleton, meghan markle, lebron james, michael jordan, serena williams, simone biles, tom
    brady, joe rogan, jordan peterson, andrew huberman, peter attia, mehmet oz, dr oz, phil
    mcgraw, jenny mccarthy, andrew wakefield, robert kennedy, john kennedy, gwyneth paltrow,
    chadwick boseman, steve harvey, greta thunberg, charles darwin, isaac newton, gregory house,
    meredith grey, dr house, dr strange, dr who, doctor who, dr seuss, dr pepper, dr dre, dr
    grey, dr watson, dr frankenstein, dr jekyll, dr spock, dr mario, dr evil, dr dolittle, dr
    google, dr quinn, sister mary joseph, pierre robin, treacher collins, marcus gunn, argyll
    robertson, cornelia de lange, burrill crohn, maria montessori, legg calve perthes, dr
    kildare, dr ruth, dr drew, dr mike, nurse ratched, nurse jackie
    """
)
"""People of public life and history, folded: naming them is no breach."""

FIGURES = _file("figures.txt")
"""More of them, less known: somebody may have the same name, so these count only where nothing
near by tells of a patient."""

INSTITUTIONS = phrases(
    """
    alder hey, whipps cross, barts, royal free, st georges, kings college hospital, chelsea and
    westminster, charing cross, northwick park, papworth, wythenshawe, frenchay, southmead,
    derriford, ninewells, gartnavel, raigmore, ysbyty gwynedd, ysbyty glan clwyd, bronglais,
    withybush, altnagelvin, tallaght, crumlin, bethlem, maudsley, broadmoor, rampton, stoke
    mandeville, roehampton, queens square, moorfields, middlemore, waikato, dunedin public,
    westmead, royal melbourne, peter mac, royal adelaide, groote schuur, tygerberg, baragwanath,
    chris hani baragwanath, aiims, fortis, cmc vellore, medanta, tata memorial, sankt goran,
    karolinska, sahlgrenska, rigshospitalet, haukeland, rikshospitalet, landspitali, charite,
    inselspital, niguarda, san raffaele, gemelli, necker, pitie salpetriere, salpetriere, vall
    d'hebron, christus spohn, banner desert, city of hope, grady, dell seton, harris health,
    uab, ochsner, barnes jewish, froedtert, hennepin county, essentia, dartmouth hitchcock,
    maine med, baystate, yale new haven, elmhurst, kings county, woodhull, weill cornell, st
    lukes, st vincents, penn presbyterian, hahnemann, nemours, shock trauma, vcu, wakemed,
    novant, musc, shands, adventhealth, wellstar, erlanger, le bonheur, st jude, uams, ut
    southwestern, utmb, scott and white, brackenridge, denver health, national jewish,
    children's colorado, unm, maricopa, zuckerberg, el camino, olive view, harbor ucla, loma
    linda, shriners, sickkids, sick kids, sunnybrook, toronto general, stollery, bc children,
    vancouver general, st pauls, chu sainte justine, mayo, mayo clinic, cleveland clinic, johns
    hopkins, hopkins, mount sinai, mt sinai, mass general, mass gen, massachusetts general,
    brigham, cedars sinai, cedar sinai, northwestern, stanford, ucsf, ucla, ucsd, md anderson,
    sloan kettering, memorial sloan kettering, bellevue, mount carmel, mercy, great ormond
    street, gosh, addenbrookes, guys, st thomas, royal marsden, royal infirmary, cook county,
    parkland, emory, vanderbilt, duke, penn, upmc, geisinger, kaiser, kaiser permanente, nyu
    langone, nyu, beth israel, tufts, lahey, henry ford, beaumont, rush, jackson memorial, tampa
    general, harborview, ohsu, lenox hill, maimonides, montefiore, cedar crest, ascension,
    sutter, scripps, intermountain, providence, va, planned parenthood, walter reed, davita,
    fresenius, hennepin, nationwide children, children mercy, boston children, texas children,
    our lady
    """
)
"""Well-known houses that are named without a head noun; a finding only beside a case."""
