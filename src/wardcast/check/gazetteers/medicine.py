"""Words of medicine that look like names:

eponyms, drugs, heads of eponymous terms, well-known institutions.
"""

import re

from wardcast.check.gazetteers.folding import listed, phrases

EPONYMS = listed(
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
)

_MEDICAL = re.compile(
    r".+(?:itis|osis|oses|emia|aemia|oma|omas|pathy|ectomy|ostomy|otomy|plasty|scopy|graphy|"
    r"algia|uria|penia|"
    r"cytes?|mab|nib|pril|sartan|statin|olol|azole|cillin|mycin|cycline|floxacin|dipine|"
    r"prazole|tidine|"
    r"gliptin|gliflozin|glutide|triptan|setron|parin|xaban|gatran|zepam|zolam|barbital|caine|"
    r"dronate|"
    r"lukast|terol|olone|emic|otic|itic|ology|ologist|ists?|plegia|paresis|trophy|toxin|"
    r"globin|tension|"
    r"thyroidism|ism|rrhea|rrhoea|rrhage|edema|oedema|lysis|pnea|pnoea|cardia|phagia|phasia|"
    r"ase|ation|tarsals?|carpals?|icular|pleural|vertebral|ular|eal|"
    r"ness|ment|ing|ly)\Z"
)


def medical(word: str) -> bool:
    """Whether a folded word reads as a term of medicine, or as a plain derived word, and not as a
    name.
    """
    return word in DRUGS or _MEDICAL.match(word) is not None


PUBLIC_FIGURES = phrases(
    """
    taylor swift, virginia apgar, anthony fauci, dr fauci, joe biden, donald trump,
    barack obama, michelle obama, kamala harris, hillary clinton, bill clinton, george bush,
    boris johnson, rishi sunak, keir starmer, florence nightingale, alexander fleming,
    edward jenner, louis pasteur, marie curie, rosalind franklin, william osler,
    joseph lister, john snow, ignaz semmelweis, christiaan barnard, atul gawande,
    oliver sacks, siddhartha mukherjee, elon musk, bill gates, steve jobs, mark zuckerberg,
    jeff bezos, oprah winfrey, kim kardashian, kanye west, tom hanks, michael jackson,
    michael j fox, angelina jolie, selena gomez, justin bieber, lady gaga, charlie sheen,
    magic johnson, lance armstrong, robin williams, matthew perry, stephen hawking,
    albert einstein, sigmund freud, henrietta lacks, rosa parks, martin luther king,
    nelson mandela, princess diana, king charles, prince harry, queen elizabeth,
    kate middleton, meghan markle, lebron james, michael jordan, serena williams,
    damar hamlin, simone biles, tom brady, joe rogan, jordan peterson, andrew huberman,
    peter attia, mehmet oz, dr oz, dr phil, phil mcgraw, jenny mccarthy, andrew wakefield,
    robert kennedy, john kennedy, gwyneth paltrow, chadwick boseman, steve harvey,
    greta thunberg, charles darwin, isaac newton, gregory house, meredith grey, dr house,
    dr strange, dr who, doctor who, dr seuss, dr pepper, dr dre, dr grey, dr watson,
    dr frankenstein, dr jekyll, dr spock, dr mario, dr evil, dr dolittle, dr google, dr quinn,
    dr kildare, dr ruth, dr drew, dr mike, nurse ratched, nurse jackie
    """
)
"""People of public life and history, folded: naming them is no breach."""

INSTITUTIONS = phrases(
    """
    mayo, mayo clinic, cleveland clinic, johns hopkins, hopkins, mount sinai, mt sinai,
    mass general,
    mass gen, massachusetts general, brigham, cedars sinai, cedar sinai, northwestern, stanford,
    ucsf, ucla, ucsd, md anderson, sloan kettering, memorial sloan kettering, bellevue,
    mount carmel, mercy, great ormond street, gosh, addenbrookes, guys, st thomas,
    royal marsden, royal infirmary, cook county, parkland, grady, emory, vanderbilt, duke,
    penn, upmc, geisinger, kaiser, kaiser permanente, nyu langone, nyu, beth israel, tufts,
    lahey, henry ford, beaumont, rush, jackson memorial, tampa general, harborview, ohsu,
    lenox hill, maimonides, montefiore, cedar crest, ascension, sutter, scripps,
    intermountain, providence, va, planned parenthood, walter reed, davita, fresenius, hennepin,
    nationwide children, children mercy, boston children, texas children, our lady
    """
)
"""Well-known houses that are named without a head noun; a finding only beside a case."""
